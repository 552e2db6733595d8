package dev.lowgear.core.gear;

import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.performance.PerformanceModel;

/**
 * Watts that are spent whether or not an iteration runs, and so must not be charged to its length
 * (Lowgear algorithms, §5a):
 *
 * <pre>
 *   C = P_idle + ρ · max(0, 0.9 · P_static − P_idle)
 * </pre>
 *
 * <p>An iteration that ends earlier saves its watts above idle only: the engine then idles. The
 * busier the engine (ρ), the less often it does: what never ends cannot be saved by ending sooner,
 * and static power becomes a sunk cost too.
 *
 * <p><b>Worked example</b>: idle 110 W, static 290 W, half busy: 110 + .5 · (261 − 110) = 185.5 W.
 */
final class EnergyCredit {
    private static final double STATIC_SHARE = .9;

    private EnergyCredit() {}

    static double watts(PerformanceModel model, EngineLoad load) {
        double idle = model.idleWatts();
        return idle + load.busyFraction() * Math.max(0, STATIC_SHARE * model.staticWatts() - idle);
    }
}
