package dev.lowgear.core.gear;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every gear policy by the name it is configured with: {@code lowgear}, {@code lowgear-clock-only},
 * {@code throttllem}, {@code maximum-clock} and {@code fixed-clock:<MHz>}.
 */
public final class GearPolicies {
    private static final String FORMS =
            "lowgear, lowgear-clock-only, throttllem, maximum-clock, fixed-clock:<MHz>";
    private static final Pattern FIXED_CLOCK = Pattern.compile("fixed-clock:(\\d{1,5})");

    private GearPolicies() {}

    /**
     * The policy of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static GearPolicy parse(String name) {
        return switch (name) {
            case "maximum-clock" -> new MaximumClock();
            case "lowgear" -> new LeastEnergyGear(true);
            case "lowgear-clock-only" -> new LeastEnergyGear(false);
            case "throttllem" -> new LowestFeasibleClock();
            default -> fixedClock(name);
        };
    }

    private static GearPolicy fixedClock(String name) {
        Matcher matcher = FIXED_CLOCK.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "unknown gear policy '" + name + "'; there are " + FORMS);
        }
        return new FixedClock(Integer.parseInt(matcher.group(1)));
    }
}
