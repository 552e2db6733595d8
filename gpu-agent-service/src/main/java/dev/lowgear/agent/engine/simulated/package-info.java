/** The simulated engine in real time, on simulated GPUs. */
@NullMarked
package dev.lowgear.agent.engine.simulated;

import org.jspecify.annotations.NullMarked;
