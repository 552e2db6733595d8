package dev.lowgear.scheduler.broker;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * A record that came through a stream binding.
 *
 * @param key its key
 * @param value its bytes; null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record BoundRecord(byte @Nullable [] key, byte @Nullable [] value) {
    /**
     * The key as text.
     *
     * @throws IllegalArgumentException if there is none
     */
    public String keyText() {
        if (key == null) {
            throw new IllegalArgumentException("a tombstone without key says nothing");
        }
        return new String(key, StandardCharsets.UTF_8);
    }
}
