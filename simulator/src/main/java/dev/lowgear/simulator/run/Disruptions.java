package dev.lowgear.simulator.run;

import dev.lowgear.core.control.Answer;

import java.time.Duration;

/** What happens to directives on their way, and to clocks on theirs. */
interface Disruptions {
    /**
     * When copies of an answer reach the engine: none if it is lost, several if it is duplicated,
     * in any order.
     *
     * @param nowNanos when it was given, which is also when the engine was observed
     */
    long[] deliveries(Answer answer, long nowNanos);

    /** Whether the driver carries out a change of the clock. */
    boolean clockChanges(long nowNanos);

    /** Every directive arrives once, after the same time, and every clock changes. */
    static Disruptions none(Duration delay) {
        long nanos = delay.toNanos();
        return new Disruptions() {
            @Override
            public long[] deliveries(Answer answer, long nowNanos) {
                return new long[] {nowNanos + nanos};
            }

            @Override
            public boolean clockChanges(long nowNanos) {
                return true;
            }
        };
    }
}
