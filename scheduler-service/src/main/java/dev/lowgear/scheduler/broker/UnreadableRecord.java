package dev.lowgear.scheduler.broker;

import org.jspecify.annotations.Nullable;

/**
 * A record nobody can read.
 *
 * @param topic topic it came from
 * @param partition partition of it; -1 where unknown
 * @param offset position in that; -1 where unknown
 * @param key its key
 * @param value its bytes
 * @param reason why it cannot be read
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record UnreadableRecord(
        String topic,
        int partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        String reason) {
    /** Where it came from: {@code topic-partition@offset}. */
    public String origin() {
        return topic + "-" + partition + "@" + offset;
    }
}
