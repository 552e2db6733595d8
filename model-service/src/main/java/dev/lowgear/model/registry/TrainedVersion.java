package dev.lowgear.model.registry;

import dev.lowgear.core.performance.PerformanceTable;

import java.time.Duration;
import java.time.Instant;

/**
 * A version that was just trained and judged.
 *
 * @param table its table
 * @param model the model behind it, as bytes
 * @param verdict what the gate says
 * @param telemetryRows rows there were of its fingerprint
 * @param at when
 * @param took how long training took
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record TrainedVersion(
        PerformanceTable table,
        byte[] model,
        Verdict verdict,
        long telemetryRows,
        Instant at,
        Duration took) {}
