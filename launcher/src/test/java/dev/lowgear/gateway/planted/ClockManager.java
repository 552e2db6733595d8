package dev.lowgear.gateway.planted;

/** Planted: breaks a rule that a test must notice. */
public final class ClockManager {
    public int manage() {
        return 1;
    }
}
