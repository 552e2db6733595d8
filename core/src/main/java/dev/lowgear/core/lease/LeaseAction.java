package dev.lowgear.core.lease;

/** What is to be done to the GPU or to the engine's pace, after a step of its lease. */
public sealed interface LeaseAction {
    /** Lock this clock at the guardian, for what remains of the lease. */
    record SetClock(int clockMhz, long remainingNanos) implements LeaseAction {}

    /** Keep the clock for what remains of the renewed lease. */
    record RenewClock(long remainingNanos) implements LeaseAction {}

    /** Go back to the default clock at once. */
    record ResetClock() implements LeaseAction {}

    /** Pace the engine, for what remains of the lease. */
    record SetPace(long paceMicros, long remainingNanos) implements LeaseAction {}

    /** Keep the pace for what remains of the renewed lease. */
    record RenewPace(long remainingNanos) implements LeaseAction {}

    /** Stop pacing at once. */
    record DropPace() implements LeaseAction {}
}
