package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.Pressure;
import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.slo.Target;

/** What is left of the time to first token, for rules that look at that. */
final class PrefillWaits {
    private PrefillWaits() {}

    /** Whether a first token was promised by some time. */
    static boolean isPromised(Situation situation) {
        for (Pressure pressure : situation.pressures()) {
            if (pressure.policy().targets().ttft() != null) {
                return true;
            }
        }
        return false;
    }

    /** The least that any request in prefill has left, in microseconds; infinite if none is due. */
    static double leastMicros(Situation situation) {
        double least = Double.POSITIVE_INFINITY;
        for (Deadline deadline : situation.projection().deadlines()) {
            if (deadline.target() == Target.TTFT) {
                least = Math.min(least, (double) deadline.remainingMicros());
            }
        }
        return least;
    }

    /** Iterations until all prompts are prefilled. */
    static int chunks(Situation situation) {
        int budget = Math.max(1, situation.engine().chunkTokens() - situation.load().running());
        return (int) Math.ceilDiv(situation.load().queuedPrefillTokens(), (long) budget);
    }
}
