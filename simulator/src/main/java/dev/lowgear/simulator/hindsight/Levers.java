package dev.lowgear.simulator.hindsight;

/** What a schedule may move. */
public enum Levers {
    /** The clock. */
    CLOCK,
    /** The clock, and the rest between iterations. */
    CLOCK_AND_PACE
}
