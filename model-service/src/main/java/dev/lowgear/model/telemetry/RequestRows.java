package dev.lowgear.model.telemetry;

import dev.lowgear.contract.RequestEvent;
import dev.lowgear.core.slo.Target;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Request events in {@code request_event}: one table for all kinds, absent where a kind has not.
 */
final class RequestRows implements RowLayout<RequestEvent> {
    private static final List<String> COLUMNS =
            List.of(
                    "type",
                    "at_epoch_millis",
                    "schema_version",
                    "request_id",
                    "model",
                    "engine_id",
                    "tenant",
                    "policy",
                    "prompt_tokens",
                    "output_tokens",
                    "max_tokens",
                    "hit_max_tokens",
                    "waited_millis",
                    "ttft_micros",
                    "tbt_mean_micros",
                    "tbt_tail_micros",
                    "e2e_micros",
                    "millijoules",
                    "missed",
                    "reason");

    @Override
    public String table() {
        return "request_event";
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public String fingerprint(RequestEvent message) {
        return "";
    }

    @Override
    public void write(RequestEvent event, CopyRows row) {
        switch (event) {
            case RequestEvent.Received received -> {
                identify(row, "received", event, null, received.tenant(), received.policy());
                tokens(row, received.promptTokens(), null, received.maxTokens(), null);
                times(row, null, null, null, null, null);
                outcome(row, null, null, null);
            }
            case RequestEvent.Admitted admitted -> {
                identify(row, "admitted", event, admitted.engineId(), null, null);
                tokens(row, admitted.promptTokens(), null, null, null);
                times(row, admitted.waitedMillis(), null, null, null, null);
                outcome(row, null, null, null);
            }
            case RequestEvent.FirstToken first -> {
                identify(row, "first-token", event, first.engineId(), null, null);
                tokens(row, null, null, null, null);
                times(row, null, first.ttftMicros(), null, null, null);
                outcome(row, null, null, null);
            }
            case RequestEvent.Completed completed -> {
                identify(row, "completed", event, completed.engineId(), null, completed.policy());
                tokens(
                        row,
                        completed.promptTokens(),
                        completed.outputTokens(),
                        null,
                        completed.hitMaxTokens());
                times(
                        row,
                        null,
                        completed.ttftMicros(),
                        completed.tbtMeanMicros(),
                        completed.tbtTailMicros(),
                        completed.e2eMicros());
                outcome(row, completed.millijoules(), names(completed.missed()), null);
            }
            case RequestEvent.Cancelled cancelled -> {
                identify(row, "cancelled", event, cancelled.engineId(), null, null);
                tokens(row, cancelled.promptTokens(), cancelled.outputTokens(), null, null);
                times(row, null, null, null, null, null);
                outcome(row, null, null, null);
            }
            case RequestEvent.Rejected rejected -> {
                identify(row, "rejected", event, rejected.engineId(), null, null);
                tokens(row, null, null, null, null);
                times(row, null, null, null, null, null);
                outcome(row, null, null, rejected.reason());
            }
            case RequestEvent.Lost lost -> {
                identify(row, "lost", event, lost.engineId(), null, null);
                tokens(row, null, null, null, null);
                times(row, null, null, null, null, null);
                outcome(row, null, null, lost.reason());
            }
        }
    }

    private static void identify(
            CopyRows row,
            String type,
            RequestEvent event,
            @Nullable String engineId,
            @Nullable String tenant,
            @Nullable String policy) {
        row.text(type);
        row.int8(event.atEpochMillis());
        row.int4(event.schemaVersion());
        row.text(event.requestId());
        row.text(event.model());
        row.text(engineId);
        row.text(tenant);
        row.text(policy);
    }

    private static void tokens(
            CopyRows row,
            @Nullable Integer prompt,
            @Nullable Integer output,
            @Nullable Integer maximum,
            @Nullable Boolean hitMaximum) {
        row.int4(prompt);
        row.int4(output);
        row.int4(maximum);
        row.bool(hitMaximum);
    }

    private static void times(
            CopyRows row,
            @Nullable Long waitedMillis,
            @Nullable Long ttftMicros,
            @Nullable Long tbtMeanMicros,
            @Nullable Long tbtTailMicros,
            @Nullable Long e2eMicros) {
        row.int8(waitedMillis);
        row.int8(ttftMicros);
        row.int8(tbtMeanMicros);
        row.int8(tbtTailMicros);
        row.int8(e2eMicros);
    }

    private static void outcome(
            CopyRows row,
            @Nullable Long millijoules,
            @Nullable String missed,
            @Nullable String reason) {
        row.int8(millijoules);
        row.text(missed);
        row.text(reason);
    }

    private static String names(List<Target> targets) {
        return targets.stream().map(Target::name).collect(Collectors.joining(","));
    }
}
