package dev.lowgear.model.telemetry;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where this process stands in the partitions it owns. A partition without a position was assigned
 * while the database was away: nothing of it is stored before the database was asked.
 */
final class Positions {
    private final Map<String, Position> byPartition = new ConcurrentHashMap<>();

    @Nullable Position of(String topic, int partition) {
        return byPartition.get(key(topic, partition));
    }

    void set(String topic, int partition, Position position) {
        byPartition.put(key(topic, partition), position);
    }

    void forget(String topic, int partition) {
        byPartition.remove(key(topic, partition));
    }

    private static String key(String topic, int partition) {
        return topic + '-' + partition;
    }
}
