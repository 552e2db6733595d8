package dev.lowgear.simulator.study;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.simulator.run.Traffic;
import dev.lowgear.simulator.trace.TraceRequest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Traffic whose load steps up beyond saturation and back, and what of it is judged: whether those
 * who arrive right after the step back are served in time, and what is saved once all has settled.
 * The steady traffic to compare with has the same requests before and after.
 *
 * @param traffic a unit at the usual load, half a unit of the step, three units at the usual load
 * @param judgedFrom the first request after the step back
 * @param judged how many from there on must be in time: half a unit
 * @param settledNanos from when energy counts: one and a half units after the step back
 */
record LoadStep(Traffic traffic, int judgedFrom, int judged, long settledNanos) {
    /** Load of the step. */
    static final double LOAD = 1.2;

    /**
     * @param usualRate and {@code middleRate} as multiples of the trace's rate
     * @param unit of requests
     */
    static LoadStep of(
            Workload workload,
            EngineProfile profile,
            double usualRate,
            double middleRate,
            double offset,
            int unit,
            long seed) {
        List<TraceRequest> requests = new ArrayList<>();
        int[] counts = {unit, unit / 2, 3 * unit};
        double[] rates = {usualRate, middleRate, usualRate};
        int clipped = 0;
        long from = 0;
        for (int part = 0; part < counts.length; part++) {
            var arrivals =
                    workload.arrivals(
                            profile,
                            rates[part],
                            (offset + part / 3.0) % 1,
                            counts[part],
                            seed + part);
            clipped += arrivals.clipped();
            for (TraceRequest request : arrivals.requests()) {
                requests.add(
                        new TraceRequest(
                                from + request.arrivalNanos(),
                                request.promptTokens(),
                                request.outputTokens()));
            }
            from = requests.getLast().arrivalNanos();
        }
        int back = unit + unit / 2;
        var traffic =
                new Traffic(requests, Duration.ofNanos(requests.getLast().arrivalNanos()), clipped);
        return new LoadStep(traffic, back, unit / 2, requests.get(back + back).arrivalNanos());
    }
}
