package dev.lowgear.gateway.planted.util;

/** Planted: breaks a rule that a test must notice. */
public final class Dumped {
    public int anything() {
        return 1;
    }
}
