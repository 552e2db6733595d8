package dev.lowgear.core.slo;

/**
 * Factors on predicted times: the reserve that a plan keeps for arrivals it cannot know.
 *
 * @param deadlinePrice of the deadline price, 1 to 10
 * @param throttllem of the paper's rule when it runs live, 1 to 10
 */
public record Margins(double deadlinePrice, double throttllem) {
    /** 1.3 for the deadline price, 2.5 for the paper's rule. */
    public static final Margins STANDARD = new Margins(1.3, 2.5);

    public Margins {
        requireFactor("deadlinePriceMargin", deadlinePrice);
        requireFactor("throttllemMargin", throttllem);
    }

    private static void requireFactor(String field, double value) {
        if (!(value >= 1 && value <= 10)) {
            throw new IllegalArgumentException(field + ": a factor of 1 to 10, got " + value);
        }
    }
}
