package dev.lowgear.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceModel;

import java.util.Arrays;
import java.util.List;

/**
 * Watts as sums of terms with non-negative coefficients, all learned at once from the means of
 * metering windows. With {@code x} the clock relative to the highest, {@code b} the busy share of a
 * window, {@code B} the batch, {@code q} prefill tokens over the chunk, {@code s} the share of busy
 * time in iterations that prefill:
 *
 * <pre>
 * mean = b·p(operating point) + (1 − b)·rest(x)
 * p    = c·{1, x², x³, x⁴, x⁶, x⁸}
 *      + c·{1, x³, x⁶}·{log₂(1 + B), B/(B + 32), B²/(B² + 32²), q, min(s, 4q)}
 * rest = c·{1, x}
 * </pre>
 *
 * Measured curves lie between {@code x²} (L20) and {@code x⁸} (A100 in a DGX); a non-negative sum
 * of powers follows any of them and never falls with the clock. Load raises power until the GPU is
 * full, from the first request on or only once there are a few. A quarter of a chunk already keeps
 * the arithmetic units busy: a window that prefills whole chunks for a tenth of its time must not
 * look like one that prefills little in each. Power at rest is learned, not assumed to be idle
 * power: a loaded A100 at its highest clock draws a third more. Idle is rest at the lowest clock.
 *
 * <p>What windows leave open is closed by the prior, as in {@link FittedRoofline}. Trees on top, as
 * iteration times have them, are left out on purpose: the counters behind windows are coarse, what
 * trees learned of their noise came in steps, and a planner that looks for the least of a curve
 * finds the low side of every step.
 */
final class FittedPower {
    private static final int BUSY_TERMS = 21;
    private static final int REST = BUSY_TERMS;
    private static final int TERMS = REST + 2;
    private static final double HALF_FULL_BATCH = 32;
    private static final double FULL_SHARE_OF_CHUNK = 0.25;

    /** What the prior weighs, in windows. */
    private static final double PRIOR_WEIGHT = 2;

    private static final double[] PRIOR_CLOCKS = {0.5, 0.75, 1};
    private static final double[] PRIOR_BATCHES = {1, 16, 128};
    private static final double BUSY_ENOUGH = 0.5;

    private final ClockLadder clocks;
    private final double chunkTokens;
    private final double[] coefficients;

    FittedPower(ClockLadder clocks, double chunkTokens, double[] coefficients) {
        if (coefficients.length != TERMS) {
            throw new IllegalArgumentException(
                    "power has " + TERMS + " coefficients, got " + coefficients.length);
        }
        this.clocks = clocks;
        this.chunkTokens = chunkTokens;
        this.coefficients = coefficients;
    }

    static FittedPower fit(List<PowerSample> windows, PerformanceModel prior, double chunkTokens) {
        ClockLadder clocks = prior.clocks();
        RobustFit fit = new RobustFit(TERMS);
        for (PowerSample window : windows) {
            fit.add(
                    terms(
                            (double) window.at().clockMhz() / clocks.highest(),
                            window.at(),
                            chunkTokens,
                            window.busyShare(),
                            window.prefillShare()),
                    window.meanWatts(),
                    1);
        }
        addPrior(fit, prior, chunkTokens, level(windows, prior));
        return new FittedPower(clocks, chunkTokens, fit.solve());
    }

    private static void addPrior(
            RobustFit fit, PerformanceModel prior, double chunkTokens, double level) {
        ClockLadder clocks = prior.clocks();
        double weight = PRIOR_WEIGHT / (PRIOR_CLOCKS.length * (PRIOR_BATCHES.length + 1.0));
        for (double relative : PRIOR_CLOCKS) {
            int clock = clocks.indexAtLeast((int) (relative * clocks.highest()));
            double x = clocks.relative(clock);
            for (double batch : PRIOR_BATCHES) {
                OperatingPoint at = new OperatingPoint(clocks.mhz(clock), batch, 0, 0);
                fit.add(
                        terms(x, at, chunkTokens, 1, 1),
                        level * prior.busyWatts(clock, batch, 0, 0),
                        weight);
            }
            OperatingPoint nothing = new OperatingPoint(clocks.mhz(clock), 0, 0, 0);
            fit.add(terms(x, nothing, chunkTokens, 0, 0), prior.restWatts(clock), weight);
        }
    }

    /** Median of measured over predicted by the prior, of windows that were mostly busy. */
    private static double level(List<PowerSample> windows, PerformanceModel prior) {
        double[] ratios =
                windows.stream()
                        .filter(window -> window.busyShare() >= BUSY_ENOUGH)
                        .mapToDouble(window -> window.meanWatts() / window.predictedWatts(prior))
                        .toArray();
        Arrays.sort(ratios);
        return ratios.length == 0 ? 1 : ratios[ratios.length / 2];
    }

    private static double[] terms(
            double x, OperatingPoint at, double chunkTokens, double busy, double prefills) {
        double x2 = x * x;
        double x3 = x2 * x;
        double x6 = x3 * x3;
        double batch = at.batch();
        double squared = batch * batch;
        double prefill = at.prefillTokens() / chunkTokens;
        double[] clockTerms = {1, x2, x3, x2 * x2, x6, x6 * x2};
        double[] loads = {
            StrictMath.log1p(batch) / StrictMath.log(2),
            batch / (batch + HALF_FULL_BATCH),
            squared / (squared + HALF_FULL_BATCH * HALF_FULL_BATCH),
            prefill,
            Math.min(prefills, prefill / FULL_SHARE_OF_CHUNK)
        };
        double[] terms = Arrays.copyOf(clockTerms, TERMS);
        int next = clockTerms.length;
        for (double load : loads) {
            terms[next++] = load;
            terms[next++] = load * x3;
            terms[next++] = load * x6;
        }
        terms[REST] = 1 - busy;
        terms[REST + 1] = (1 - busy) * x;
        for (int i = 0; i < BUSY_TERMS; i++) {
            terms[i] *= busy;
        }
        return terms;
    }

    /** Busy watts at an operating point. */
    double busyWatts(OperatingPoint at) {
        double x = (double) at.clockMhz() / clocks.highest();
        double[] terms = terms(x, at, chunkTokens, 1, 1);
        double watts = 0;
        for (int i = 0; i < BUSY_TERMS; i++) {
            watts += coefficients[i] * terms[i];
        }
        return watts;
    }

    double restWatts(double clockMhz) {
        return coefficients[REST] + coefficients[REST + 1] * clockMhz / clocks.highest();
    }

    double idleWatts() {
        return restWatts(clocks.lowest());
    }

    /** A copy of the coefficients. */
    double[] coefficients() {
        return coefficients.clone();
    }
}
