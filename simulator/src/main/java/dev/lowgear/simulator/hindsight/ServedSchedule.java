package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.physics.EngineEnergy;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.simulator.run.GearUse;
import dev.lowgear.simulator.run.Promises;
import dev.lowgear.simulator.run.Quantiles;
import dev.lowgear.simulator.run.RunResult;

import java.util.Map;
import java.util.Optional;

/** Serves a schedule once more, and takes notes. */
final class ServedSchedule implements ScheduledEngine.Watch {
    private static final double NANOS = 1e9;

    private final KnownTraffic work;
    private final EnginePhysics physics;
    private final PricedClocks clocks;
    private final ScheduledEngine engine;
    private final long[] ttft;
    private final long[] tbt;
    private final long[] e2e;
    private final double[] joulesBySecond;
    private int ended;
    private int gapped;
    private int ttftMet;
    private int tbtMet;
    private int e2eMet;
    private int allMet;
    private long tokens;
    private double busySeconds;
    private double restSeconds;
    private double busyJoules;
    private double restJoules;
    private double megahertzSeconds;

    ServedSchedule(
            KnownTraffic work,
            EnginePhysics physics,
            ScheduleSearch.Found found,
            double longestPaceSeconds) {
        this.work = work;
        this.physics = physics;
        clocks = new PricedClocks(physics);
        ttft = new long[work.requests];
        tbt = new long[work.requests];
        e2e = new long[work.requests];
        joulesBySecond = new double[(int) Math.ceil(work.horizonSeconds)];
        engine =
                new ScheduledEngine(
                                work, physics, clocks, found.creditWatts(), longestPaceSeconds, 1)
                        .watchedBy(this);
        engine.passTo(found.schedule(), work.horizonSeconds);
    }

    @Override
    public void finished(int request, double firstSeconds, double lastSeconds) {
        double arrival = work.arrivalSeconds[request];
        int gaps = work.outputTokens[request] - 1;
        double gap = gaps == 0 ? 0 : (lastSeconds - firstSeconds) / gaps;
        ttft[ended] = (long) (NANOS * (firstSeconds - arrival));
        e2e[ended] = (long) (NANOS * (lastSeconds - arrival));
        ended++;
        if (gaps > 0) {
            tbt[gapped++] = (long) (NANOS * gap);
        }
        ttftMet += firstSeconds - arrival > work.ttftSeconds ? 0 : 1;
        tbtMet += gap > work.tbtSeconds ? 0 : 1;
        e2eMet += lastSeconds - arrival > work.e2eSeconds ? 0 : 1;
        allMet += work.worstShare(request, firstSeconds, lastSeconds) > 1 ? 0 : 1;
        tokens += work.outputTokens[request];
    }

    @Override
    public void rested(double fromSeconds, double toSeconds, int clock) {
        double to = Math.min(toSeconds, work.horizonSeconds);
        restSeconds += to - fromSeconds;
        restJoules += drawn(fromSeconds, to, clocks.restWatts(clock));
        megahertzSeconds += clocks.mhz(clock) * (to - fromSeconds);
    }

    @Override
    public void iterated(double fromSeconds, double toSeconds, double watts, int clock) {
        double to = Math.min(toSeconds, work.horizonSeconds);
        busySeconds += to - fromSeconds;
        busyJoules += drawn(fromSeconds, to, watts);
        megahertzSeconds += clocks.mhz(clock) * (to - fromSeconds);
    }

    private double drawn(double fromSeconds, double toSeconds, double watts) {
        for (double at = fromSeconds; at < toSeconds; ) {
            int second = (int) at;
            double next = Math.min(toSeconds, second + 1.);
            joulesBySecond[second] += watts * (next - at);
            at = next;
        }
        return watts * (toSeconds - fromSeconds);
    }

    RunResult result(String name) {
        double idleSeconds = work.horizonSeconds - busySeconds - restSeconds;
        int lowestMhz = physics.profile().gpu().clocks().lowest();
        double clock = (megahertzSeconds + idleSeconds * lowestMhz) / work.horizonSeconds;
        double peak = 0;
        for (double joules : joulesBySecond) {
            peak = Math.max(peak, joules);
        }
        return new RunResult(
                name,
                work.horizonSeconds,
                new Promises(work.requests, ended, ttftMet, tbtMet, e2eMet, allMet, 0),
                new EngineEnergy(
                        busyJoules, restJoules, idleSeconds * physics.restWatts(lowestMhz)),
                tokens,
                Quantiles.ofNanos(ttft, ended),
                Quantiles.ofNanos(tbt, gapped),
                Quantiles.ofNanos(e2e, ended),
                new GearUse(
                        0,
                        0,
                        0,
                        clock,
                        0,
                        busySeconds / work.horizonSeconds,
                        restSeconds / work.horizonSeconds),
                peak,
                engine.iterations(),
                Map.of(),
                Optional.empty());
    }
}
