package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.EngineStatus;
import dev.lowgear.agent.engine.InferenceEngine;
import dev.lowgear.agent.engine.IterationReport;
import dev.lowgear.agent.metering.WindowMeter;
import dev.lowgear.agent.telemetry.EngineTelemetry;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.observation.ForgettingRate;

import org.jspecify.annotations.Nullable;

/** Rates, energy and telemetry of one engine. */
final class EngineMeters {
    private static final double MINUTE_SECONDS = 60;

    private final EngineTelemetry telemetry;
    private final WindowMeter windows;
    private final ForgettingRate busy;
    private final ForgettingRate decoded;
    private final ForgettingRate arrivals;
    private final long startMillijoules;
    private long millijoules;
    private long iterations;
    private double busySeconds;
    private double restSeconds;
    private double clockSeconds;
    private long clockSinceNanos;
    private int clockMhz;
    private double lastIterationMicros;

    EngineMeters(
            EngineTelemetry telemetry, InferenceEngine engine, long windowNanos, long nowNanos) {
        this.telemetry = telemetry;
        startMillijoules = counter(engine);
        millijoules = startMillijoules;
        clockMhz = engine.clockMhz();
        clockSinceNanos = nowNanos;
        windows = new WindowMeter(windowNanos, nowNanos, startMillijoules, clockMhz);
        busy = new ForgettingRate(MINUTE_SECONDS, nowNanos);
        decoded = new ForgettingRate(MINUTE_SECONDS, nowNanos);
        arrivals = new ForgettingRate(MINUTE_SECONDS, nowNanos);
    }

    private static long counter(InferenceEngine engine) {
        Long shown = engine.energyMillijoules();
        return shown == null ? 0 : shown;
    }

    void arrived(long nowNanos) {
        arrivals.add(1, nowNanos);
    }

    void completed(
            IterationReport iteration, Gear gear, @Nullable String decisionId, long nowNanos) {
        iterations++;
        double seconds = iteration.busyNanos() * 1e-9;
        busySeconds += seconds;
        restSeconds += iteration.restNanos() * 1e-9;
        lastIterationMicros = iteration.busyNanos() / 1e3;
        busy.add(seconds, iteration.endNanos());
        decoded.add(iteration.tokens().size(), iteration.endNanos());
        windows.add(iteration);
        telemetry.iteration(iteration, gear, decisionId, nowNanos);
    }

    void tick(InferenceEngine engine, long nowNanos) {
        clockSeconds += clockMhz * (nowNanos - clockSinceNanos) * 1e-9;
        clockSinceNanos = nowNanos;
        clockMhz = engine.clockMhz();
        if (windows.isDue(nowNanos)) {
            millijoules = counter(engine);
            telemetry.window(windows.end(nowNanos, millijoules, clockMhz));
        }
    }

    long dueNanos() {
        return windows.dueNanos();
    }

    double busyFraction(long nowNanos) {
        return Math.clamp(busy.perSecond(nowNanos), 0, 1);
    }

    double decodedPerSecond(long nowNanos) {
        return decoded.perSecond(nowNanos);
    }

    double arrivalsPerSecond(long nowNanos) {
        return arrivals.perSecond(nowNanos);
    }

    /** What the last iteration took; 0 before the first. */
    double lastIterationMicros() {
        return lastIterationMicros;
    }

    int clockMhz() {
        return clockMhz;
    }

    long iterations() {
        return iterations;
    }

    EngineStatus.Energy energy() {
        return new EngineStatus.Energy(
                (millijoules - startMillijoules) / 1e3, busySeconds, restSeconds, clockSeconds);
    }
}
