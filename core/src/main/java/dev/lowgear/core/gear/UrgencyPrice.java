package dev.lowgear.core.gear;

import dev.lowgear.core.performance.PerformanceModel;

/**
 * The price of time that the work in the system sets, without lengths and without a forecast
 * (Lowgear algorithms, §5a):
 *
 * <pre>
 *   λ = (P_max − P_idle) · (Σ_policies √β · U)²        P_max = p(batch 32, full chunk, highest clock)
 * </pre>
 *
 * <p>From the theory of power-aware speed scaling (Wierman, Andrew, Tang 2009): a server that
 * minimises energy plus the time its jobs spend runs at the speed whose marginal power matches the
 * number of jobs present, since a second spent now delays all of them. Here {@code U} counts them,
 * each the more the more of its promised time it has used ({@link
 * dev.lowgear.core.observation.Urgency}), and β turns requests into watts until attainment is what
 * was promised ({@link AttainmentServo}).
 *
 * <p><b>Worked example</b>: β = .001, U = 20 and 400 W between idle and the most: 400 · (√.001 ·
 * 20)² = 160 W.
 */
final class UrgencyPrice {
    private static final double FULL_BATCH = 32;

    private UrgencyPrice() {}

    static double watts(Situation situation) {
        double root = 0;
        for (Pressure pressure : situation.pressures()) {
            root += Math.sqrt(pressure.servo().priceGain()) * pressure.load().urgency();
        }
        PerformanceModel model = situation.model();
        double most =
                model.busyWatts(
                        model.clocks().highestIndex(),
                        FULL_BATCH,
                        (double) situation.load().kvTokens(),
                        situation.engine().chunkTokens());
        return Math.max(0, most - model.idleWatts()) * root * root;
    }
}
