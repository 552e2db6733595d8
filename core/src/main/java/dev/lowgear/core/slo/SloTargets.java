package dev.lowgear.core.slo;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * The targets of one request; an absent one is not promised.
 *
 * @param ttft time to first token, positive and at most a day, as are the others
 * @param tbtMean mean time between tokens
 * @param tbtTail 99th percentile of the request's own gaps, at least {@code tbtMean} where both are
 *     given
 * @param e2e arrival to last token, at least {@code ttft} where both are given
 */
public record SloTargets(
        @Nullable Duration ttft,
        @Nullable Duration tbtMean,
        @Nullable Duration tbtTail,
        @Nullable Duration e2e) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Nothing promised. */
    public static final SloTargets NONE = new SloTargets(null, null, null, null);

    /**
     * What the default policy {@code standard} promises: 22 s end to end, 200 ms between tokens.
     */
    public static final SloTargets STANDARD =
            new SloTargets(null, Duration.ofMillis(200), null, Duration.ofSeconds(22));

    public SloTargets {
        requirePositive("ttft", ttft);
        requirePositive("tbtMean", tbtMean);
        requirePositive("tbtTail", tbtTail);
        requirePositive("e2e", e2e);
        if (ttft != null && e2e != null && ttft.compareTo(e2e) > 0) {
            throw new IllegalArgumentException(
                    "e2e: the last token cannot be due before the first (ttft)");
        }
        if (tbtMean != null && tbtTail != null && tbtMean.compareTo(tbtTail) > 0) {
            throw new IllegalArgumentException(
                    "tbtTail: the tail of the gaps is not below their mean (tbtMean)");
        }
    }

    /** Nanoseconds of a target, or {@link Long#MAX_VALUE} where it is absent: for hot loops. */
    public long nanos(Target target) {
        Duration value =
                switch (target) {
                    case TTFT -> ttft;
                    case TBT_MEAN -> tbtMean;
                    case TBT_TAIL -> tbtTail;
                    case E2E -> e2e;
                };
        return value == null ? Long.MAX_VALUE : value.toNanos();
    }

    private static void requirePositive(String field, @Nullable Duration value) {
        if (value != null && (!value.isPositive() || value.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(
                    field + ": a target is positive and at most a day, got " + value);
        }
    }
}
