@NullMarked
package dev.lowgear.agent.publishing;

import org.jspecify.annotations.NullMarked;
