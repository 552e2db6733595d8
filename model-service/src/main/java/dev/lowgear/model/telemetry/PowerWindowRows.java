package dev.lowgear.model.telemetry;

import dev.lowgear.contract.PowerWindow;

import java.util.List;

/** Metering windows in {@code power_window}. */
final class PowerWindowRows implements RowLayout<PowerWindow> {
    private static final List<String> COLUMNS =
            List.of(
                    "start_epoch_micros",
                    "length_micros",
                    "millijoules",
                    "busy_fraction",
                    "rest_fraction",
                    "mean_batch",
                    "mean_kv_tokens",
                    "mean_prefill_tokens",
                    "prefill_share",
                    "schema_version",
                    "tensor_parallel",
                    "clock_mhz",
                    "stable",
                    "agent_id",
                    "engine_id",
                    "served_model",
                    "fingerprint",
                    "gpu_model");

    @Override
    public String table() {
        return "power_window";
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public String fingerprint(PowerWindow message) {
        return message.fingerprint();
    }

    @Override
    public void write(PowerWindow window, CopyRows row) {
        row.int8(window.startEpochMicros());
        row.int8(window.lengthMicros());
        row.int8(window.millijoules());
        row.float8(window.busyFraction());
        row.float8(window.restFraction());
        row.float8(window.meanBatch());
        row.float8(window.meanKvTokens());
        row.float8(window.meanPrefillTokens());
        row.float8(window.prefillShare());
        row.int4(window.schemaVersion());
        row.int4(window.tensorParallel());
        row.int4(window.clockMhz());
        row.bool(window.stable());
        row.text(window.agentId());
        row.text(window.engineId());
        row.text(window.servedModel());
        row.text(window.fingerprint());
        row.text(window.gpuModel());
    }
}
