package dev.lowgear.core.control;

/**
 * How far an engine's clocks have been explored.
 *
 * @param seed shuffles the order of the clocks; differs per engine
 * @param steps steps begun before the present one
 * @param steppedAtNanos when the present step began, on the scheduler's monotonic clock
 * @param unsafe whether the present step's clock failed its check: the highest clock until the next
 *     step, so that the clock does not flutter
 */
public record Exploration(long seed, int steps, long steppedAtNanos, boolean unsafe) {
    public Exploration {
        if (steps < 0) {
            throw new IllegalArgumentException("steps are not negative, got " + steps);
        }
    }

    /** The step that is due at {@code nowNanos}: this one, or the next. */
    Exploration at(long nowNanos, long stepNanos) {
        return nowNanos - steppedAtNanos < stepNanos
                ? this
                : new Exploration(seed, steps + 1, nowNanos, false);
    }

    Exploration failed() {
        return new Exploration(seed, steps, steppedAtNanos, true);
    }
}
