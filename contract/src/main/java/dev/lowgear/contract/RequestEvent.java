package dev.lowgear.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.lowgear.core.slo.Target;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What happened to a request. Key and identity: the request id; events of one request are in order.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RequestEvent.Received.class, name = "received"),
    @JsonSubTypes.Type(value = RequestEvent.Admitted.class, name = "admitted"),
    @JsonSubTypes.Type(value = RequestEvent.FirstToken.class, name = "first-token"),
    @JsonSubTypes.Type(value = RequestEvent.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = RequestEvent.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = RequestEvent.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = RequestEvent.Lost.class, name = "lost")
})
public sealed interface RequestEvent {
    /** Version of this record. */
    int schemaVersion();

    /** The request. */
    String requestId();

    /** Served model name. */
    String model();

    /** Wall clock of the sender, for people; decides nothing. */
    long atEpochMillis();

    /** The gateway took it. */
    record Received(
            int schemaVersion,
            String requestId,
            String model,
            long atEpochMillis,
            @Nullable String tenant,
            String policy,
            @Nullable Integer promptTokens,
            @Nullable Integer maxTokens)
            implements RequestEvent {}

    /** The agent started it. */
    record Admitted(
            int schemaVersion,
            String requestId,
            String model,
            long atEpochMillis,
            String engineId,
            int promptTokens,
            long waitedMillis)
            implements RequestEvent {}

    /** Its first token came. */
    record FirstToken(
            int schemaVersion,
            String requestId,
            String model,
            long atEpochMillis,
            String engineId,
            long ttftMicros)
            implements RequestEvent {}

    /**
     * It ended by itself.
     *
     * @param hitMaxTokens whether it was cut at its token limit: a censored length
     * @param millijoules its share of the engine's energy
     * @param missed targets it missed
     */
    record Completed(
            int schemaVersion,
            String requestId,
            String model,
            long atEpochMillis,
            String engineId,
            String policy,
            int promptTokens,
            int outputTokens,
            boolean hitMaxTokens,
            long ttftMicros,
            @Nullable Long tbtMeanMicros,
            @Nullable Long tbtTailMicros,
            long e2eMicros,
            @Nullable Long millijoules,
            List<Target> missed)
            implements RequestEvent {}

    /** Its client went away. */
    record Cancelled(
            int schemaVersion,
            String requestId,
            String model,
            long atEpochMillis,
            @Nullable String engineId,
            int promptTokens,
            int outputTokens)
            implements RequestEvent {}

    /** It was refused or failed. */
    record Rejected(
            int schemaVersion,
            String requestId,
            String model,
            long atEpochMillis,
            @Nullable String engineId,
            String reason)
            implements RequestEvent {}

    /** It cannot meet its deadline even at the maximum clock; it is served all the same. */
    record Lost(
            int schemaVersion,
            String requestId,
            String model,
            long atEpochMillis,
            String engineId,
            String reason)
            implements RequestEvent {}
}
