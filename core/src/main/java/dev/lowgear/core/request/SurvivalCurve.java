package dev.lowgear.core.request;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * The distribution of an answer's length {@code L} in tokens, as its survival function {@code S(n)
 * = P(L > n)}: a falling step function that starts at 1 and ends at 0 where {@code max_tokens} cuts
 * the answer. A point prediction is a single step.
 *
 * <p>While a request runs, its curve is conditioned on the {@code g} tokens it has generated
 * already:
 *
 * <pre>
 *   P(more than k further tokens) = S(g + k) / S(g)
 * </pre>
 *
 * so there is no cliff when a guess is overrun: the longer an answer has become, the longer it is
 * expected to go on. Where a prediction leaves no probability beyond {@code g} (a point that was
 * overrun), the answer is taken to run to its ceiling, as throttLL'eM §3.1 does.
 *
 * <p>Curves of one learned distribution share their steps; {@link #within} costs one object.
 * Immutable; lookups are binary searches and allocate nothing.
 */
public final class SurvivalCurve {
    /** Below this a conditional probability is noise. */
    private static final double NOTHING = 1e-12;

    /** What is left after a point's only step; shared, so never written to. */
    private static final double[] ENDED = {0};

    private final int[] lengths;
    private final double[] survival;
    private final int minimum;
    private final int ceiling;

    /** S(minimum − 1) of the steps alone: what conditioning on the minimum divides by. */
    private final double atMinimum;

    private SurvivalCurve(int[] lengths, double[] survival, int minimum, int ceiling) {
        this.lengths = lengths;
        this.survival = survival;
        this.minimum = minimum;
        this.ceiling = ceiling;
        this.atMinimum = minimum <= 1 ? 1 : step(minimum - 1);
    }

    /**
     * A curve of the given steps.
     *
     * @param lengths ascending, positive: where it falls
     * @param survival {@code P(L > lengths[i])}, in [0, 1], not rising
     * @param ceiling the longest possible answer, at least 1
     */
    public static SurvivalCurve of(int[] lengths, double[] survival, int ceiling) {
        if (lengths.length != survival.length || ceiling < 1) {
            throw new IllegalArgumentException(
                    "one probability per length and a positive ceiling, got "
                            + lengths.length
                            + ", "
                            + survival.length
                            + ", "
                            + ceiling);
        }
        double last = 1;
        int lastLength = 0;
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] <= lastLength || !(survival[i] >= 0 && survival[i] <= last)) {
                throw new IllegalArgumentException(
                        "lengths rise from 1 and survival falls from 1; step "
                                + i
                                + " is ("
                                + lengths[i]
                                + ", "
                                + survival[i]
                                + ")");
            }
            lastLength = lengths[i];
            last = survival[i];
        }
        return new SurvivalCurve(lengths.clone(), survival.clone(), 0, ceiling);
    }

    /**
     * The answer has {@code length} tokens; if that is overrun, {@code ceiling}.
     *
     * @param length at least 1; cut at the ceiling
     * @throws IllegalArgumentException if either is below 1
     */
    public static SurvivalCurve point(int length, int ceiling) {
        if (length < 1 || ceiling < 1) {
            throw new IllegalArgumentException(
                    "an answer has a token at least, got " + length + " of at most " + ceiling);
        }
        return new SurvivalCurve(new int[] {length}, ENDED, 0, ceiling);
    }

    /** This distribution for an answer that has at least {@code minimum} tokens and is cut. */
    public SurvivalCurve within(OutputLimits limits) {
        return new SurvivalCurve(
                lengths, survival, limits.minimum(), Math.min(ceiling, limits.maximum()));
    }

    /** Whether it is a point prediction: the answer ends for certain where it says. */
    public boolean isPoint() {
        return lengths.length == 1 && survival[0] == 0;
    }

    /** The longest possible answer. */
    public int ceiling() {
        return ceiling;
    }

    /** P(L &gt; length). */
    public double beyond(int length) {
        if (length < minimum || length < 1) {
            return 1;
        }
        if (length >= ceiling) {
            return 0;
        }
        return atMinimum > NOTHING ? step(length) / atMinimum : 1;
    }

    /**
     * P(L &gt; length | L &gt; generated).
     *
     * @param generated tokens generated so far by a request that goes on
     * @param length total length asked about
     */
    public double beyond(int length, int generated) {
        return beyond(length, generated, beyond(generated));
    }

    /** The same where {@code S(generated)} is known already: for hot loops. */
    public double beyond(int length, int generated, double survivalNow) {
        if (length <= generated) {
            return 1;
        }
        if (survivalNow > NOTHING) {
            return beyond(length) / survivalNow;
        }
        return length < Math.max(ceiling, generated + 1) ? 1 : 0;
    }

    /**
     * The number of further tokens that is not exceeded with probability {@code quantile}, at least
     * 1.
     *
     * @param quantile in (0, 1]
     * @param generated tokens generated so far by a request that goes on
     */
    public int furtherTokens(double quantile, int generated) {
        int lowest = Math.max(generated + 1, minimum);
        double condition = beyond(generated);
        if (condition <= NOTHING) {
            return Math.max(ceiling, lowest) - generated;
        }
        double level = (1 - quantile) * condition * atMinimum + NOTHING;
        int low = 0;
        int high = lengths.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (survival[middle] <= level) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        int length = low == lengths.length ? ceiling : Math.min(lengths[low], ceiling);
        return Math.max(length, lowest) - generated;
    }

    /** Expected further tokens of a request that has generated {@code generated} and goes on. */
    public double meanFurtherTokens(int generated) {
        int last = Math.max(ceiling, generated + 1);
        double sum = 0;
        int from = generated;
        while (from < last) {
            int next = nextFall(from, last);
            sum += (next - from) * beyond(from, generated);
            from = next;
        }
        return sum;
    }

    /**
     * The mixture of two distributions: what one knows of a request drawn from either.
     *
     * @param share probability of this one, in [0, 1]
     */
    public SurvivalCurve pooledWith(SurvivalCurve other, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is 0 to 1, got " + share);
        }
        int last = Math.max(ceiling, other.ceiling);
        var falls = new TreeSet<Integer>();
        falls.addAll(falls());
        falls.addAll(other.falls());
        int[] pooledLengths = falls.stream().mapToInt(Integer::intValue).toArray();
        double[] pooled = new double[pooledLengths.length];
        for (int i = 0; i < pooled.length; i++) {
            pooled[i] =
                    share * beyond(pooledLengths[i]) + (1 - share) * other.beyond(pooledLengths[i]);
        }
        return new SurvivalCurve(pooledLengths, pooled, 0, last);
    }

    /**
     * At most {@code steps} steps that never promise an earlier end: the mass between two kept
     * lengths is moved to the longer one.
     */
    public SurvivalCurve compact(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("a curve has at least one step, got " + steps);
        }
        var kept = new TreeSet<Integer>();
        for (int i = 1; i <= steps; i++) {
            kept.add(furtherTokens((double) i / steps, 0));
        }
        int[] keptLengths = kept.stream().mapToInt(Integer::intValue).toArray();
        double[] keptSurvival = Arrays.stream(keptLengths).mapToDouble(this::beyond).toArray();
        return new SurvivalCurve(keptLengths, keptSurvival, 0, ceiling);
    }

    /** How many steps it is made of. */
    int steps() {
        return lengths.length;
    }

    private Set<Integer> falls() {
        var falls = new TreeSet<Integer>();
        for (int length : lengths) {
            if (length >= minimum && length < ceiling) {
                falls.add(length);
            }
        }
        falls.add(ceiling);
        return falls;
    }

    /** The first length after {@code from} at which survival may fall. */
    private int nextFall(int from, int last) {
        int index = Arrays.binarySearch(lengths, from + 1);
        int next = index >= 0 ? index : -index - 1;
        return next == lengths.length ? last : Math.min(lengths[next], last);
    }

    /** Survival of the steps alone. */
    private double step(int length) {
        int low = 0;
        int high = lengths.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lengths[middle] <= length) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 1 : survival[low - 1];
    }
}
