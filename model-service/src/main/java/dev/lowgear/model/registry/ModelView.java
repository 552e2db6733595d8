package dev.lowgear.model.registry;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A model version as the API shows it.
 *
 * @param version counts up over all fingerprints
 * @param tableId its performance table
 * @param reason why it was accepted or rejected
 * @param activatedAt when it last came into force
 * @param trainedFrom time of the first iteration it was trained on
 * @param trainedTo time of the last
 */
record ModelView(
        int version,
        String fingerprint,
        String servedModel,
        String gpuModel,
        int tensorParallel,
        String tableId,
        ModelState state,
        String reason,
        Instant createdAt,
        @Nullable Instant activatedAt,
        Instant trainedFrom,
        Instant trainedTo,
        long trainingMillis,
        ModelQuality quality) {}
