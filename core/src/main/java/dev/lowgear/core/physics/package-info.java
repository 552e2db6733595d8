/**
 * The ground truth of every simulation: how a GPU takes time and energy, and an engine that runs on
 * it. Only the simulator and the agent's simulated engine may look here; the planner has to learn
 * what it needs from telemetry.
 */
@NullMarked
package dev.lowgear.core.physics;

import org.jspecify.annotations.NullMarked;
