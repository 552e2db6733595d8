package dev.lowgear.scheduler.shard;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The shards this scheduler is assigned, and the name under which it took each. The name differs
 * with every assignment, so that a {@code Took} record of an earlier one is not mistaken for that
 * of the present one.
 */
public final class Shards {
    private final String scheduler = UUID.randomUUID().toString();
    private final AtomicLong assignments = new AtomicLong();
    private final Map<Integer, String> names = new ConcurrentHashMap<>();

    /** Takes a shard; the name to take it under. */
    String assign(int shard) {
        String name = scheduler + "/" + assignments.incrementAndGet();
        names.put(shard, name);
        return name;
    }

    void revoke(int shard) {
        names.remove(shard);
    }

    /** Whether a shard is assigned under this very name. */
    boolean isHeld(int shard, String name) {
        return name.equals(names.get(shard));
    }

    /** How many are assigned. */
    public int size() {
        return names.size();
    }
}
