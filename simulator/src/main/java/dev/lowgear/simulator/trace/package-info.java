/** Request traces: readers of public formats, shaping, and a generator of our own. */
@NullMarked
package dev.lowgear.simulator.trace;

import org.jspecify.annotations.NullMarked;
