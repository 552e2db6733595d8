package dev.lowgear.core.physics.planted;

/** Planted: breaks a rule that a test must notice. */
public final class Planet {
    public double mass() {
        return 1;
    }
}
