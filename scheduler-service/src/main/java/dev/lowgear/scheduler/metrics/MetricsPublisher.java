package dev.lowgear.scheduler.metrics;

import dev.lowgear.core.control.Answer;
import dev.lowgear.core.control.Directive;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.scheduler.directive.DirectiveMeter;
import dev.lowgear.scheduler.loop.LoopMeter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;

/** The loop's figures as Micrometer meters. */
final class MetricsPublisher implements LoopMeter, DirectiveMeter {
    private final MeterRegistry registry;
    private final Timer plan;
    private final Timer latency;
    private final Counter failures;

    MetricsPublisher(MeterRegistry registry) {
        this.registry = registry;
        this.failures = registry.counter("lowgear.scheduler.loop.failures");
        this.plan =
                Timer.builder("lowgear.scheduler.plan")
                        .description("Time to decide one engine's gear")
                        .serviceLevelObjectives(
                                Duration.ofNanos(50_000),
                                Duration.ofNanos(150_000),
                                Duration.ofMillis(1),
                                Duration.ofMillis(10))
                        .register(registry);
        this.latency =
                Timer.builder("lowgear.scheduler.latency")
                        .description("From a projection's arrival to its answer")
                        .serviceLevelObjectives(
                                Duration.ofMillis(1),
                                Duration.ofMillis(5),
                                Duration.ofMillis(20),
                                Duration.ofMillis(50),
                                Duration.ofMillis(200))
                        .register(registry);
    }

    @Override
    public void answered(Answer answer, long planNanos, long latencyNanos) {
        plan.record(Duration.ofNanos(planNanos));
        latency.record(Duration.ofNanos(latencyNanos));
        registry.counter(
                        "lowgear.scheduler.decisions",
                        "reason",
                        answer.decision().choice().reason().code())
                .increment();
        registry.counter("lowgear.scheduler.directives", "kind", kind(answer)).increment();
    }

    private static String kind(Answer answer) {
        if (answer.decision().directive() instanceof Directive.Renew) {
            return "renew";
        }
        if (!answer.decision().changesGear()) {
            return "repeat";
        }
        Gear before = answer.input().state().told().gear();
        int after = answer.decision().choice().gear().clockMhz();
        return !before.hasDefaultClock() && after > before.clockMhz() ? "raise" : "lower";
    }

    @Override
    public void violated(String invariant) {
        registry.counter("lowgear.scheduler.invariants.violated", "invariant", invariant)
                .increment();
    }

    @Override
    public void failed() {
        failures.increment();
    }

    @Override
    public void notSent(String cause) {
        registry.counter("lowgear.scheduler.directives.lost", "cause", cause).increment();
    }
}
