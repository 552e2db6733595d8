package dev.lowgear.core.gear;

import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.slo.SloPolicy;

/**
 * The requests of one SLO policy on an engine, and how hard they press.
 *
 * @param policy what they were promised
 * @param load how many there are, and their urgency
 * @param servo gains learned from those that finished
 */
public record Pressure(SloPolicy policy, PolicyLoad load, AttainmentServo servo) {}
