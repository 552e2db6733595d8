package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.physics.EnginePhysics;

import java.util.Arrays;
import java.util.List;

/** Serves a schedule once more, and takes notes. */
final class ServedSchedule {
    private final KnownTraffic work;
    private final ScheduledEngine engine;
    private final double[] ttft;
    private final double[] tbt;
    private final double[] e2e;
    private int ended;
    private int gapped;
    private int attained;
    private long tokens;

    ServedSchedule(
            KnownTraffic work,
            EnginePhysics physics,
            ScheduleSearch.Found found,
            double longestPaceSeconds) {
        this.work = work;
        ttft = new double[work.requests];
        tbt = new double[work.requests];
        e2e = new double[work.requests];
        engine =
                new ScheduledEngine(
                                work,
                                physics,
                                new PricedClocks(physics),
                                found.creditWatts(),
                                longestPaceSeconds,
                                1)
                        .heardBy(this::finished);
        engine.passTo(found.schedule(), work.horizonSeconds);
    }

    private void finished(int request, double firstSeconds, double lastSeconds) {
        double arrival = work.arrivalSeconds[request];
        ttft[ended] = 1e3 * (firstSeconds - arrival);
        e2e[ended] = 1e3 * (lastSeconds - arrival);
        ended++;
        int gaps = work.outputTokens[request] - 1;
        if (gaps > 0) {
            tbt[gapped++] = 1e3 * (lastSeconds - firstSeconds) / gaps;
        }
        attained += work.worstShare(request, firstSeconds, lastSeconds) > 1 ? 0 : 1;
        tokens += work.outputTokens[request];
    }

    HindsightResult result(int schedulesServed, long iterationsSearched) {
        return new HindsightResult(
                work.horizonSeconds,
                engine.joulesAt(work.horizonSeconds),
                work.requests,
                attained,
                tokens,
                ascending(ttft, ended),
                ascending(tbt, gapped),
                ascending(e2e, ended),
                engine.iterations(),
                schedulesServed,
                iterationsSearched);
    }

    private static List<Double> ascending(double[] values, int count) {
        return Arrays.stream(values, 0, count).sorted().boxed().toList();
    }
}
