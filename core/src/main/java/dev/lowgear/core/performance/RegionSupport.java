package dev.lowgear.core.performance;

import java.util.Arrays;

/**
 * How many iterations were seen in which region of the operating space. Regions are bands of clock,
 * batch, KV tokens and prefill.
 *
 * <p>They are coarse on purpose: the fitted roofline carries a measurement across a factor of a few
 * in load, and eight explored clocks must be able to vouch for the ladder between them.
 */
public final class RegionSupport {
    private static final int CLOCK_BANDS = 16;

    private final Bands clocks;
    private final Bands batch;
    private final Bands kvTokens;
    private final Bands prefillTokens;
    private final int[] counts;

    private RegionSupport(
            Bands clocks, Bands batch, Bands kvTokens, Bands prefillTokens, int[] counts) {
        this.clocks = clocks;
        this.batch = batch;
        this.kvTokens = kvTokens;
        this.prefillTokens = prefillTokens;
        this.counts = counts;
    }

    /** Empty support over the regions that suit a grid. */
    public static RegionSupport over(TableGrid grid) {
        double[] sixteenths = new double[CLOCK_BANDS - 1];
        for (int i = 0; i < sixteenths.length; i++) {
            // Half a MHz above, so that a clock on an edge belongs to the band below.
            sixteenths[i] = (i + 1) * (double) grid.clocks().highest() / CLOCK_BANDS + 0.5;
        }
        double capacity = grid.kvTokens().last();
        Bands clocks = Bands.between(sixteenths);
        Bands batch = Bands.between(1, 4, 16, 64, 256);
        Bands kv = Bands.between(capacity / 16, capacity / 4, capacity / 2, capacity * 3 / 4);
        Bands prefill = Bands.between(1);
        int regions = clocks.size() * batch.size() * kv.size() * prefill.size();
        return new RegionSupport(clocks, batch, kv, prefill, new int[regions]);
    }

    /**
     * Support as it was published.
     *
     * @param counts iterations by region, in the order of {@link #counts()}
     * @throws IllegalArgumentException if bands and counts do not belong together, or one is
     *     negative
     */
    public static RegionSupport of(
            Bands clocks, Bands batch, Bands kvTokens, Bands prefillTokens, int[] counts) {
        int regions = clocks.size() * batch.size() * kvTokens.size() * prefillTokens.size();
        if (counts.length != regions) {
            throw new IllegalArgumentException(
                    counts.length + " counts for " + regions + " regions");
        }
        for (int count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a count is not negative, got " + count);
            }
        }
        return new RegionSupport(clocks, batch, kvTokens, prefillTokens, counts.clone());
    }

    /** This support with these iterations counted in as well. */
    public RegionSupport plus(Iterable<OperatingPoint> iterations) {
        int[] more = counts.clone();
        for (OperatingPoint point : iterations) {
            more[region(point)]++;
        }
        return new RegionSupport(clocks, batch, kvTokens, prefillTokens, more);
    }

    /**
     * Iterations that can vouch for an operating point: those at its clock band, in its band of
     * load or a neighbouring one. A clock band that was not visited itself lends itself the smaller
     * support of its two neighbours, so that a prediction between two visited clocks is supported
     * and one beyond the last visited clock is not.
     */
    public long near(
            double clockMhz, double batchSize, double kvTokensUsed, double prefillTokensAdded) {
        int clock = clocks.of(clockMhz);
        int batchBand = batch.of(batchSize);
        int kvBand = kvTokens.of(kvTokensUsed);
        int prefillBand = prefillTokens.of(prefillTokensAdded);
        long own = atClock(clock, batchBand, kvBand, prefillBand);
        if (clock == 0 || clock == clocks.size() - 1) {
            return own;
        }
        long below = atClock(clock - 1, batchBand, kvBand, prefillBand);
        long above = atClock(clock + 1, batchBand, kvBand, prefillBand);
        return Math.max(own, Math.min(below, above));
    }

    private long atClock(int clock, int batchBand, int kvBand, int prefillBand) {
        long sum = 0;
        int lastBatch = Math.min(batch.size() - 1, batchBand + 1);
        int lastKv = Math.min(kvTokens.size() - 1, kvBand + 1);
        for (int b = Math.max(0, batchBand - 1); b <= lastBatch; b++) {
            for (int k = Math.max(0, kvBand - 1); k <= lastKv; k++) {
                sum += counts[region(clock, b, k, prefillBand)];
            }
        }
        return sum;
    }

    /** The region that holds an operating point, an index into {@link #counts()}. */
    public int region(OperatingPoint point) {
        return region(
                clocks.of(point.clockMhz()),
                batch.of(point.batch()),
                kvTokens.of(point.kvTokens()),
                prefillTokens.of(point.prefillTokens()));
    }

    private int region(int clock, int batchBand, int kvBand, int prefillBand) {
        return ((clock * batch.size() + batchBand) * kvTokens.size() + kvBand)
                        * prefillTokens.size()
                + prefillBand;
    }

    /** All iterations counted. */
    public long total() {
        long total = 0;
        for (int count : counts) {
            total += count;
        }
        return total;
    }

    /** Bands of SM clock, MHz. */
    public Bands clocks() {
        return clocks;
    }

    /** Bands of decoding requests. */
    public Bands batch() {
        return batch;
    }

    /** Bands of KV-cache tokens. */
    public Bands kvTokens() {
        return kvTokens;
    }

    /** Bands of prompt tokens prefilled in the same iteration. */
    public Bands prefillTokens() {
        return prefillTokens;
    }

    /** A copy of the counts by region: clock outermost, then batch, KV tokens and prefill. */
    public int[] counts() {
        return counts.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegionSupport support
                && clocks.equals(support.clocks)
                && batch.equals(support.batch)
                && kvTokens.equals(support.kvTokens)
                && prefillTokens.equals(support.prefillTokens)
                && Arrays.equals(counts, support.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return total() + " iterations in " + counts.length + " regions";
    }
}
