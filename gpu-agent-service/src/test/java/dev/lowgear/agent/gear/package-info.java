@NullMarked
package dev.lowgear.agent.gear;

import org.jspecify.annotations.NullMarked;
