package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.EngineStatus;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.function.ToDoubleFunction;

/**
 * What Prometheus sees of the engines: read from their last status, so that a scrape never disturbs
 * one.
 */
public final class EngineMetrics {
    private final MeterRegistry meters;

    /** Registers every engine. */
    public EngineMetrics(MeterRegistry meters, EngineThreads engines) {
        this.meters = meters;
        engines.all().forEach(this::register);
    }

    private void register(EngineThread engine) {
        gauge("lowgear.clock.requested.mhz", engine, status -> status.gear().clockMhz());
        gauge("lowgear.clock.measured.mhz", engine, EngineStatus::measuredClockMhz);
        gauge("lowgear.pace.seconds", engine, status -> status.gear().paceMicros() * 1e-6);
        gauge("lowgear.batch", engine, status -> status.load().running());
        gauge("lowgear.waiting", engine, status -> status.load().waiting());
        gauge("lowgear.kv.tokens", engine, status -> status.load().kvTokens());
        gauge("lowgear.busy.fraction", engine, status -> status.load().busyFraction());
        gauge("lowgear.prediction.trim", engine, status -> status.load().trim());
        counter("lowgear.energy.joules", engine, status -> status.energy().joules());
        counter("lowgear.busy.seconds", engine, status -> status.energy().busySeconds());
        counter("lowgear.rest.seconds", engine, status -> status.energy().restSeconds());
        counter("lowgear.tokens.generated", engine, status -> status.served().outputTokens());
        counter("lowgear.tokens.prefilled", engine, status -> status.served().promptTokens());
        counter("lowgear.iterations", engine, status -> status.served().iterations());
        counter("lowgear.requests.completed", engine, status -> status.served().completed());
        counter("lowgear.requests.attained", engine, status -> status.served().attained());
        counter("lowgear.requests.lost", engine, status -> status.served().lost());
        counter("lowgear.requests.cancelled", engine, status -> status.served().cancelled());
        counter("lowgear.gears", engine, status -> status.control().directives());
        counter("lowgear.directives.refused", engine, status -> status.control().refused());
        counter("lowgear.lease.expiries", engine, status -> status.control().expiries());
        counter("lowgear.reflexes", engine, status -> status.control().reflexes());
    }

    private void gauge(String name, EngineThread engine, ToDoubleFunction<EngineStatus> value) {
        Gauge.builder(name, engine, each -> value.applyAsDouble(each.status()))
                .tags(tags(engine))
                .register(meters);
    }

    private void counter(String name, EngineThread engine, ToDoubleFunction<EngineStatus> value) {
        FunctionCounter.builder(name, engine, each -> value.applyAsDouble(each.status()))
                .tags(tags(engine))
                .register(meters);
    }

    private static Tags tags(EngineThread engine) {
        return Tags.of("engine", engine.id().value(), "model", engine.servedModel());
    }
}
