package dev.lowgear.core.slo;

/** What a policy lets the planner minimise. */
public enum EnergyMode {
    ENERGY,
    CARBON,
    COST,
    /** Nothing: maximum clock, pace 0. */
    OFF
}
