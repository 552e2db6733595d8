package dev.lowgear.core.planted;

import java.util.HashMap;

/** Planted: breaks a rule that a test must notice. */
public final class IteratesOverAHashMap {
    public int sum() {
        var map = new HashMap<String, Integer>();
        map.put("one", 1);
        return map.values().stream().mapToInt(Integer::intValue).sum();
    }
}
