package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.EngineStatus;
import dev.lowgear.agent.engine.InferenceEngine;
import dev.lowgear.agent.engine.IterationReport;
import dev.lowgear.agent.telemetry.EngineTelemetry;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.LoadMeter;
import dev.lowgear.core.observation.WindowMeter;
import dev.lowgear.core.projection.ScoreboardEntry;

import org.jspecify.annotations.Nullable;

import java.util.Collection;

/** Rates, energy and telemetry of one engine. */
final class EngineMeters {
    private final EngineTelemetry telemetry;
    private final WindowMeter windows;
    private final LoadMeter load;
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
        load = new LoadMeter(nowNanos);
    }

    private static long counter(InferenceEngine engine) {
        Long shown = engine.energyMillijoules();
        return shown == null ? 0 : shown;
    }

    void arrived(long nowNanos) {
        load.arrived(nowNanos);
    }

    void completed(
            IterationReport iteration, Gear gear, @Nullable String decisionId, long nowNanos) {
        iterations++;
        busySeconds += iteration.busyNanos() * 1e-9;
        restSeconds += iteration.restNanos() * 1e-9;
        lastIterationMicros = iteration.busyNanos() / 1e3;
        load.completed(iteration.busyNanos(), iteration.tokens().size(), iteration.endNanos());
        windows.add(
                new WindowMeter.Iteration(
                        iteration.busyNanos(),
                        iteration.restNanos(),
                        iteration.load().decodeTokens(),
                        iteration.load().kvTokens(),
                        iteration.load().prefillTokens(),
                        iteration.clockMhz()));
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

    /** What the engine is doing with these requests. */
    EngineLoad load(
            Collection<ScoreboardEntry> entries,
            long kvCapacityTokens,
            double trim,
            long nowNanos) {
        return load.load(entries, kvCapacityTokens, trim, nowNanos);
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
