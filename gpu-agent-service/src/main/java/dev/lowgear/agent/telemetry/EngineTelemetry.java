package dev.lowgear.agent.telemetry;

import dev.lowgear.agent.engine.EngineIdentity;
import dev.lowgear.agent.engine.IterationReport;
import dev.lowgear.agent.publishing.RecordPublisher;
import dev.lowgear.contract.IterationTelemetry;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.PowerWindow;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.observation.WindowMeter;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Publishes one engine's telemetry. Energy per iteration is absent: it is metered in windows only.
 */
public final class EngineTelemetry {
    private final EngineIdentity engine;
    private final RecordPublisher publisher;
    private final InstantSource time;
    private final long kvBlocks;

    public EngineTelemetry(EngineIdentity engine, RecordPublisher publisher, InstantSource time) {
        this.engine = engine;
        this.publisher = publisher;
        this.time = time;
        kvBlocks = engine.profile().limits().kvBlocks();
    }

    /** One iteration, run in {@code gear} under {@code decisionId}. */
    public void iteration(
            IterationReport iteration, Gear gear, @Nullable String decisionId, long nowNanos) {
        long sinceStartNanos = nowNanos - iteration.endNanos() + iteration.busyNanos();
        IterationReport.Load load = iteration.load();
        publisher.publish(
                Topics.ITERATIONS.topic(),
                engine.id().value(),
                new IterationTelemetry(
                        MessageCodec.SCHEMA_VERSION,
                        engine.agentId(),
                        engine.id().value(),
                        engine.incarnation(),
                        engine.servedModel(),
                        engine.fingerprint(),
                        engine.profile().gpu().id(),
                        engine.profile().tensorParallel(),
                        iteration.number(),
                        epochMicros(sinceStartNanos),
                        Math.max(1, iteration.busyNanos() / 1000),
                        iteration.restNanos() / 1000,
                        iteration.paceMicros(),
                        load.requests(),
                        load.queued(),
                        load.prefillTokens(),
                        load.prefillRequests(),
                        load.prefillContextTokens(),
                        load.decodeTokens(),
                        load.kvTokens(),
                        (long) load.kvBlocks(),
                        kvBlocks,
                        gear.clockMhz(),
                        iteration.clockMhz(),
                        null,
                        null,
                        List.of(),
                        decisionId,
                        IterationTelemetry.Source.ENGINE,
                        1));
    }

    /** One metering window that has just ended. */
    public void window(WindowMeter.Window window) {
        publisher.publish(
                Topics.POWER_WINDOWS.topic(),
                engine.id().value(),
                new PowerWindow(
                        MessageCodec.SCHEMA_VERSION,
                        engine.agentId(),
                        engine.id().value(),
                        engine.servedModel(),
                        engine.fingerprint(),
                        engine.profile().gpu().id(),
                        engine.profile().tensorParallel(),
                        epochMicros(window.lengthNanos()),
                        window.lengthNanos() / 1000,
                        window.millijoules(),
                        window.busyFraction(),
                        window.restFraction(),
                        window.clockMhz(),
                        window.meanBatch(),
                        window.meanKvTokens(),
                        window.meanPrefillTokens(),
                        window.prefillShare(),
                        window.stable()));
    }

    private long epochMicros(long agoNanos) {
        Instant start = time.instant().minusNanos(agoNanos);
        return start.getEpochSecond() * 1_000_000 + start.getNano() / 1000;
    }
}
