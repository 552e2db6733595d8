package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;
import dev.lowgear.simulator.trace.TraceRequest;

import java.util.List;

/** Traffic that is known to its end, and what its requests were promised, in arrays. */
final class KnownTraffic {
    private static final double NANOS = 1e-9;

    final int requests;
    final double[] arrivalSeconds;
    final int[] promptTokens;
    final int[] outputTokens;
    final double horizonSeconds;

    /** Seconds promised; infinite where nothing is. */
    final double ttftSeconds;

    final double tbtSeconds;
    final double e2eSeconds;

    /**
     * These requests.
     *
     * @param requests in order of arrival, at least one
     * @param horizonSeconds how long the engine is watched
     * @throws IllegalArgumentException if a tail of gaps is promised: it is not followed here
     */
    KnownTraffic(List<TraceRequest> requests, SloTargets targets, double horizonSeconds) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("known traffic has at least one request");
        }
        if (targets.tbtTail() != null) {
            throw new IllegalArgumentException(
                    "schedules are searched for targets of TTFT, mean TBT and E2E, not of a TBT"
                            + " tail");
        }
        this.requests = requests.size();
        this.horizonSeconds = horizonSeconds;
        arrivalSeconds = new double[this.requests];
        promptTokens = new int[this.requests];
        outputTokens = new int[this.requests];
        for (int i = 0; i < this.requests; i++) {
            TraceRequest request = requests.get(i);
            arrivalSeconds[i] = request.arrivalNanos() * NANOS;
            promptTokens[i] = request.promptTokens();
            outputTokens[i] = request.outputTokens();
        }
        ttftSeconds = seconds(targets.nanos(Target.TTFT));
        tbtSeconds = seconds(targets.nanos(Target.TBT_MEAN));
        e2eSeconds = seconds(targets.nanos(Target.E2E));
    }

    private static double seconds(long nanos) {
        return nanos == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : nanos * NANOS;
    }

    /**
     * The largest share of a target that a request used up; above 1 it missed that target.
     *
     * @param firstSeconds when its first token came
     * @param lastSeconds when its last one came
     */
    double worstShare(int request, double firstSeconds, double lastSeconds) {
        double arrival = arrivalSeconds[request];
        double worst =
                Math.max(
                        (firstSeconds - arrival) / ttftSeconds,
                        (lastSeconds - arrival) / e2eSeconds);
        int gaps = outputTokens[request] - 1;
        return gaps == 0
                ? worst
                : Math.max(worst, (lastSeconds - firstSeconds) / gaps / tbtSeconds);
    }
}
