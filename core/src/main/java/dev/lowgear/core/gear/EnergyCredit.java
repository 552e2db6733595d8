package dev.lowgear.core.gear;

import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.performance.PerformanceModel;

/**
 * Watts that are spent whether or not an iteration runs, and so must not be charged to its length
 * (Lowgear algorithms, §5a):
 *
 * <pre>
 *   C = P_idle + ρ · max(0, 0.7 · P_static − P_idle)
 * </pre>
 *
 * <p>An iteration that ends earlier saves its watts above idle only: the engine then idles. The
 * busier the engine (ρ), the less often it does: what never ends cannot be saved by ending sooner,
 * and static power becomes a sunk cost too.
 *
 * <p><b>Why less than ρ.</b> Let requests come at random and share the engine: n of them, Poisson
 * with mean N, so that ρ = 1 − e^−N, and let an iteration draw s + d·n watts. Setting to zero the
 * derivative of mean power by the clock, with dE[p(n)]/dN = E[p(n + 1) − p(n)], and comparing it
 * with that of t·(p − C), leaves
 *
 * <pre>
 *   C = P_idle + (1 − N/(e^N − 1)) · (s − P_idle)
 * </pre>
 *
 * <p>where the weight is .61, .72 and .83 of ρ for ρ of .5, .75 and .9. The static watts known here
 * are those at a clock of zero, not {@code s}, those of a batch of zero: so .7 of them was chosen
 * in simulation, not derived. It matters little: .5 to .8 did as well.
 *
 * <p><b>Worked example</b>: idle 110 W, static 290 W, half busy: 110 + .5 · (203 − 110) = 156.5 W.
 */
final class EnergyCredit {
    private static final double STATIC_SHARE = .7;

    private EnergyCredit() {}

    static double watts(PerformanceModel model, EngineLoad load) {
        double idle = model.idleWatts();
        return idle + load.busyFraction() * Math.max(0, STATIC_SHARE * model.staticWatts() - idle);
    }
}
