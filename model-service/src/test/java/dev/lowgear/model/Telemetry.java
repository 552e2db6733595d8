package dev.lowgear.model;

import dev.lowgear.contract.IterationTelemetry;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.PowerWindow;

import java.util.List;

/** Messages for tests. */
public final class Telemetry {
    public static final String FINGERPRINT = "llama-2-13b/a100-40gb/tp2";

    private Telemetry() {}

    /** The iteration of this number, everything measured. */
    public static IterationTelemetry iteration(long number) {
        return iteration(number, FINGERPRINT);
    }

    /** The iteration of this number of an engine with this fingerprint. */
    public static IterationTelemetry iteration(long number, String fingerprint) {
        return new IterationTelemetry(
                MessageCodec.SCHEMA_VERSION,
                "node-1",
                "engine-1",
                1_700_000_000_123L,
                "llama-2-13b",
                fingerprint,
                "a100-40gb",
                2,
                number,
                1_764_000_000_000_000L + number * 30_000,
                25_000,
                1_000L,
                26_000L,
                12,
                3,
                512,
                2,
                1_024L,
                11,
                21_400L,
                1_338L,
                5_000L,
                1005,
                1004,
                9_500L,
                120L,
                List.of("sw-power-cap", "thermal"),
                "engine-1-7",
                IterationTelemetry.Source.ENGINE,
                1);
    }

    /** An iteration of which only what every engine tells is known. */
    public static IterationTelemetry bareIteration(long number) {
        return new IterationTelemetry(
                MessageCodec.SCHEMA_VERSION,
                "node-1",
                "engine-1",
                1,
                "llama-2-13b",
                FINGERPRINT,
                "a100-40gb",
                2,
                number,
                1_764_000_000_000_000L,
                25_000,
                null,
                null,
                12,
                null,
                0,
                null,
                null,
                12,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                IterationTelemetry.Source.STREAM,
                1);
    }

    /** A window of a second at 300 W. */
    public static PowerWindow window() {
        return new PowerWindow(
                MessageCodec.SCHEMA_VERSION,
                "node-1",
                "engine-1",
                "llama-2-13b",
                FINGERPRINT,
                "a100-40gb",
                2,
                1_764_000_000_000_000L,
                1_000_000,
                300_000,
                0.8,
                0.1,
                1005,
                12.5,
                21_400.25,
                128.5,
                0.25,
                true);
    }
}
