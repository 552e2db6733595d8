package dev.lowgear.core.performance;

/**
 * What a table must show before it may steer a clock down.
 *
 * @param maximumMape largest held-out mean absolute percentage error of iteration time, 0.08 for 8
 *     %
 * @param minimumSupport iterations seen near an operating point
 */
public record TrustGate(double maximumMape, int minimumSupport) {
    /** Eight percent and twenty iterations: a second of a lightly loaded engine. */
    public static final TrustGate STANDARD = new TrustGate(0.08, 20);

    public TrustGate {
        if (!(maximumMape > 0) || minimumSupport < 0) {
            throw new IllegalArgumentException(
                    "a gate has a positive error and a support from 0, got %s and %d"
                            .formatted(maximumMape, minimumSupport));
        }
    }
}
