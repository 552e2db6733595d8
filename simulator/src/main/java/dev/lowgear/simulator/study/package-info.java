/** Studies: what loads mean for a trace and an engine, and policies compared over many runs. */
@NullMarked
package dev.lowgear.simulator.study;

import org.jspecify.annotations.NullMarked;
