package dev.lowgear.core.slo;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What is promised to which requests, and what the planner may do to keep it cheaply.
 *
 * @param name unique, 1 to 64 of {@code a-z 0-9 . _ -}
 * @param match which requests it is for
 * @param targets per-request targets
 * @param attainment share of requests that must meet all targets, in (0, 1]
 * @param priority higher is served first
 * @param sheddable whether its requests may be rejected under pressure
 * @param rescueLost whether a request that cannot meet its deadline still imposes one
 * @param energyMode what is minimised; {@link EnergyMode#OFF} holds the maximum clock
 * @param clocks clocks the planner may choose
 * @param maximumPace longest rest period the planner may ask for; zero switches the pace off
 * @param margins factors on predicted times
 */
public record SloPolicy(
        String name,
        PolicyMatch match,
        SloTargets targets,
        double attainment,
        int priority,
        boolean sheddable,
        boolean rescueLost,
        EnergyMode energyMode,
        ClockBounds clocks,
        Duration maximumPace,
        Margins margins) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    /** The longest pace any policy may allow. */
    public static final Duration LONGEST_PACE = Duration.ofMillis(500);

    /** The policy of requests that no other one matches. */
    public static final SloPolicy STANDARD =
            new SloPolicy(
                    "standard",
                    PolicyMatch.ANY,
                    SloTargets.STANDARD,
                    0.99,
                    0,
                    false,
                    false,
                    EnergyMode.ENERGY,
                    ClockBounds.ANY,
                    LONGEST_PACE,
                    Margins.STANDARD);

    public SloPolicy {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: 1 to 64 of a-z 0-9 . _ -, got '" + name + "'");
        }
        if (!(attainment > 0 && attainment <= 1)) {
            throw new IllegalArgumentException("attainment: in (0, 1], got " + attainment);
        }
        if (priority < -1000 || priority > 1000) {
            throw new IllegalArgumentException("priority: in -1000…1000, got " + priority);
        }
        if (maximumPace.isNegative() || maximumPace.compareTo(LONGEST_PACE) > 0) {
            throw new IllegalArgumentException("maximumPace: 0 to 500 ms, got " + maximumPace);
        }
    }

    /** The same policy with other targets. */
    public SloPolicy withTargets(SloTargets other) {
        return new SloPolicy(
                name,
                match,
                other,
                attainment,
                priority,
                sheddable,
                rescueLost,
                energyMode,
                clocks,
                maximumPace,
                margins);
    }

    /** Whether the planner must hold the maximum clock for its requests. */
    public boolean holdsMaximumClock() {
        return energyMode == EnergyMode.OFF;
    }
}
