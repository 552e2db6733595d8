package dev.lowgear.model.registry;

import java.time.Instant;

/**
 * When a fingerprint was last trained.
 *
 * @param at when
 * @param telemetryRows rows there were of it
 */
public record LastTraining(Instant at, long telemetryRows) {}
