package dev.lowgear.core.planted;

/** Planted: breaks a rule that a test must notice. */
public final class ReadsTheClock {
    public long now() {
        return System.nanoTime();
    }
}
