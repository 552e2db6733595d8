@NullMarked
package dev.lowgear.simulator.trace;

import org.jspecify.annotations.NullMarked;
