package dev.lowgear.launcher.supervision;

import java.time.Duration;

/**
 * How long to wait before a part that ended is started again: at once the first time, then longer
 * and longer, from the beginning after it has lived for a minute.
 */
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private Duration next = Duration.ZERO;

    /**
     * The wait after an end.
     *
     * @param lived how long the part had been ready
     */
    Duration after(Duration lived) {
        if (lived.compareTo(HEALTHY) >= 0) {
            next = Duration.ZERO;
        }
        var now = next;
        if (now.isZero()) {
            next = FIRST;
        } else {
            var doubled = now.multipliedBy(2);
            next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        }
        return now;
    }
}
