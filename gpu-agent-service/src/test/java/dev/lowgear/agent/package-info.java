@NullMarked
package dev.lowgear.agent;

import org.jspecify.annotations.NullMarked;
