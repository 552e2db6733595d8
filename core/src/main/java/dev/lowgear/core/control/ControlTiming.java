package dev.lowgear.core.control;

import java.time.Duration;

/**
 * The rhythm of control.
 *
 * @param lease how long a gear holds without renewal
 * @param rhythm least time between a change of gear and the next lowering of the clock; raising is
 *     never delayed
 * @param deadband share of the clock below which lowering it is not worth a switch, 0 to 1
 * @param explorationStep least time that one clock is explored
 */
public record ControlTiming(
        Duration lease, Duration rhythm, double deadband, Duration explorationStep) {
    /** A lease of 2 s, a rhythm of 100 ms, a deadband of 5 %, exploration steps of 2 s. */
    public static final ControlTiming STANDARD =
            new ControlTiming(
                    Duration.ofSeconds(2), Duration.ofMillis(100), 0.05, Duration.ofSeconds(2));

    public ControlTiming {
        if (!lease.isPositive() || rhythm.isNegative() || !explorationStep.isPositive()) {
            throw new IllegalArgumentException(
                    "lease and exploration step are positive, the rhythm is not negative");
        }
        if (!(deadband >= 0 && deadband < 1)) {
            throw new IllegalArgumentException("a deadband is a share below 1, got " + deadband);
        }
    }
}
