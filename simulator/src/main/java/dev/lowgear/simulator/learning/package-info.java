/** Performance tables learned from the telemetry of a simulated engine, as live. */
@NullMarked
package dev.lowgear.simulator.learning;

import org.jspecify.annotations.NullMarked;
