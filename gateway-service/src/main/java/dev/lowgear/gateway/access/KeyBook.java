package dev.lowgear.gateway.access;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which hashes are whose, at one moment; immutable. */
final class KeyBook {
    static final KeyBook EMPTY = new KeyBook(Map.of());

    private final Map<KeyHash, Caller> callers;

    private KeyBook(Map<KeyHash, Caller> callers) {
        this.callers = callers;
    }

    static KeyBook of(List<KnownKey> keys) {
        Map<KeyHash, Caller> callers = new LinkedHashMap<>();
        for (KnownKey key : keys) {
            callers.put(new KeyHash(key.sha256()), key.caller());
        }
        return new KeyBook(callers);
    }

    KeyBook and(KeyBook other) {
        Map<KeyHash, Caller> both = new LinkedHashMap<>(callers);
        both.putAll(other.callers);
        return new KeyBook(both);
    }

    @Nullable Caller caller(String key) {
        return callers.get(KeyHash.of(key));
    }

    boolean isEmpty() {
        return callers.isEmpty();
    }
}
