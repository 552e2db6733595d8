package dev.lowgear.core.gear;

import dev.lowgear.core.feasibility.Verdict;
import dev.lowgear.core.projection.Deadline;

import java.util.Locale;

/** What kept a chosen clock from being lower. */
public sealed interface BindingConstraint {
    /** It in words an operator understands. */
    String words();

    /**
     * A request would miss its deadline at the next lower clock.
     *
     * @param deadline the deadline missed by most there
     * @param clockMhz the clock that is too low
     * @param byMicros by how much it would be missed, positive
     */
    record DeadlineMissed(Deadline deadline, int clockMhz, long byMicros)
            implements BindingConstraint {
        @Override
        public String words() {
            return String.format(
                    Locale.ROOT,
                    "at %d MHz request %s would miss its %s target by %d ms",
                    clockMhz,
                    deadline.requestId(),
                    deadline.target(),
                    Math.ceilDiv(byMicros, 1000));
        }
    }

    /**
     * One iteration would take longer than a running request allows at the next lower clock.
     *
     * @param segment index of the projected segment in which it would
     * @param clockMhz the clock that is too low
     * @param byMicros by how much, positive
     */
    record IterationTooLong(int segment, int clockMhz, long byMicros) implements BindingConstraint {
        @Override
        public String words() {
            return String.format(
                    Locale.ROOT,
                    "at %d MHz an iteration of segment %d would be %d µs longer than promised",
                    clockMhz,
                    segment,
                    byMicros);
        }
    }

    /** No lower clock is allowed: the ladder ends there, or the floor of a policy. */
    record LowestAllowed(int clockMhz) implements BindingConstraint {
        @Override
        public String words() {
            return clockMhz + " MHz is the lowest allowed clock";
        }
    }

    /** The learned table was not seen to be right at a lower clock and this load. */
    record TrustEnds(int clockMhz) implements BindingConstraint {
        @Override
        public String words() {
            return "below " + clockMhz + " MHz the table has too little support at this load";
        }
    }

    /**
     * A lower clock would cost more than it saves at the price of time.
     *
     * @param watts the price
     * @param source what set it, as the code of a reason
     */
    record PriceOfTime(double watts, String source) implements BindingConstraint {
        @Override
        public String words() {
            return String.format(Locale.ROOT, "time is worth %.0f W (%s)", watts, source);
        }
    }

    /** At a lower clock tokens would come further apart than promised. */
    record TokenGap(int clockMhz) implements BindingConstraint {
        @Override
        public String words() {
            return "below " + clockMhz + " MHz tokens would come too slowly";
        }
    }

    /** The policy named the clock; load does not bind it. */
    record PolicyNamed(String policy) implements BindingConstraint {
        @Override
        public String words() {
            return policy;
        }
    }

    /** What a failed check at a clock binds. */
    static BindingConstraint of(Verdict verdict, int clockMhz) {
        return switch (verdict) {
            case Verdict.Met met -> new LowestAllowed(clockMhz);
            case Verdict.Missed missed ->
                    new DeadlineMissed(missed.deadline(), clockMhz, missed.byMicros());
            case Verdict.IterationTooLong tooLong ->
                    new IterationTooLong(tooLong.segment(), clockMhz, tooLong.byMicros());
        };
    }
}
