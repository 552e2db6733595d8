package dev.lowgear.model.broker;

import org.jspecify.annotations.Nullable;

/**
 * One record as it came from the broker.
 *
 * @param partition partition of its topic
 * @param offset position in that partition
 * @param atEpochMillis the broker's append time
 * @param key its key, kept for the dead-letter topic
 * @param value its bytes; null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Received(
        int partition,
        long offset,
        long atEpochMillis,
        byte @Nullable [] key,
        byte @Nullable [] value) {}
