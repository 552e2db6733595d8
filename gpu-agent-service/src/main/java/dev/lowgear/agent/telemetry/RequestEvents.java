package dev.lowgear.agent.telemetry;

import dev.lowgear.agent.engine.EngineIdentity;
import dev.lowgear.agent.publishing.RecordPublisher;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.RequestEvent;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.slo.Latencies;
import dev.lowgear.core.slo.Target;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Publishes what happens to one engine's requests. */
public final class RequestEvents {
    private final EngineIdentity engine;
    private final RecordPublisher publisher;
    private final InstantSource time;

    public RequestEvents(EngineIdentity engine, RecordPublisher publisher, InstantSource time) {
        this.engine = engine;
        this.publisher = publisher;
        this.time = time;
    }

    /** It was started. */
    public void admitted(ScoreboardEntry entry, long waitedMillis) {
        publish(
                new RequestEvent.Admitted(
                        MessageCodec.SCHEMA_VERSION,
                        entry.requestId(),
                        engine.servedModel(),
                        time.millis(),
                        engine.id().value(),
                        entry.shape().promptTokens(),
                        waitedMillis));
    }

    /** Its first token came. */
    public void firstToken(ScoreboardEntry entry) {
        publish(
                new RequestEvent.FirstToken(
                        MessageCodec.SCHEMA_VERSION,
                        entry.requestId(),
                        engine.servedModel(),
                        time.millis(),
                        engine.id().value(),
                        (entry.firstTokenNanos() - entry.arrivalNanos()) / 1000));
    }

    /** It ended by itself. */
    public void completed(
            ScoreboardEntry entry, Latencies latencies, boolean hitMaxTokens, Set<Target> missed) {
        Latencies.Gaps gaps = latencies.gaps();
        publish(
                new RequestEvent.Completed(
                        MessageCodec.SCHEMA_VERSION,
                        entry.requestId(),
                        engine.servedModel(),
                        time.millis(),
                        engine.id().value(),
                        entry.promise().policy(),
                        entry.shape().promptTokens(),
                        entry.generated(),
                        hitMaxTokens,
                        latencies.ttft() / 1000,
                        gaps == null ? null : gaps.mean() / 1000,
                        gaps == null ? null : gaps.tail() / 1000,
                        latencies.e2e() / 1000,
                        null,
                        List.copyOf(missed)));
    }

    /** Its client went away. */
    public void cancelled(ScoreboardEntry entry) {
        publish(
                new RequestEvent.Cancelled(
                        MessageCodec.SCHEMA_VERSION,
                        entry.requestId(),
                        engine.servedModel(),
                        time.millis(),
                        engine.id().value(),
                        entry.shape().promptTokens(),
                        entry.generated()));
    }

    /** It cannot meet its deadline any more. */
    public void lost(ScoreboardEntry entry, String reason) {
        publish(
                new RequestEvent.Lost(
                        MessageCodec.SCHEMA_VERSION,
                        entry.requestId(),
                        engine.servedModel(),
                        time.millis(),
                        engine.id().value(),
                        reason));
    }

    private void publish(RequestEvent event) {
        publisher.publish(Topics.REQUESTS.topic(), event.requestId(), event);
    }
}
