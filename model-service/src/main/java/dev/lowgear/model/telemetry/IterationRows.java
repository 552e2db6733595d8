package dev.lowgear.model.telemetry;

import dev.lowgear.contract.IterationTelemetry;

import java.util.List;
import java.util.Locale;

/** Iterations in {@code iteration_telemetry}. */
final class IterationRows implements RowLayout<IterationTelemetry> {
    private static final List<String> COLUMNS =
            List.of(
                    "start_epoch_micros",
                    "incarnation",
                    "iteration",
                    "busy_micros",
                    "rest_micros",
                    "pace_micros",
                    "prefill_context_tokens",
                    "kv_tokens",
                    "kv_blocks",
                    "kv_blocks_total",
                    "busy_millijoules",
                    "rest_millijoules",
                    "schema_version",
                    "tensor_parallel",
                    "running_requests",
                    "queued_requests",
                    "prefill_tokens",
                    "prefill_requests",
                    "decode_tokens",
                    "requested_clock_mhz",
                    "measured_clock_mhz",
                    "iterations",
                    "agent_id",
                    "engine_id",
                    "served_model",
                    "fingerprint",
                    "gpu_model",
                    "clock_event_reasons",
                    "decision_id",
                    "source");

    @Override
    public String table() {
        return "iteration_telemetry";
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public String fingerprint(IterationTelemetry message) {
        return message.fingerprint();
    }

    @Override
    public void write(IterationTelemetry seen, CopyRows row) {
        row.int8(seen.startEpochMicros());
        row.int8(seen.incarnation());
        row.int8(seen.iteration());
        row.int8(seen.busyMicros());
        row.int8(seen.restMicros());
        row.int8(seen.paceMicros());
        row.int8(seen.prefillContextTokens());
        row.int8(seen.kvTokens());
        row.int8(seen.kvBlocks());
        row.int8(seen.kvBlocksTotal());
        row.int8(seen.busyMillijoules());
        row.int8(seen.restMillijoules());
        row.int4(seen.schemaVersion());
        row.int4(seen.tensorParallel());
        row.int4(seen.runningRequests());
        row.int4(seen.queuedRequests());
        row.int4(seen.prefillTokens());
        row.int4(seen.prefillRequests());
        row.int4(seen.decodeTokens());
        row.int4(seen.requestedClockMhz());
        row.int4(seen.measuredClockMhz());
        row.int4(seen.iterations());
        row.text(seen.agentId());
        row.text(seen.engineId());
        row.text(seen.servedModel());
        row.text(seen.fingerprint());
        row.text(seen.gpuModel());
        List<String> reasons = seen.clockEventReasons();
        row.text(reasons == null ? null : String.join(",", reasons));
        row.text(seen.decisionId());
        row.text(seen.source().name().toLowerCase(Locale.ROOT));
    }
}
