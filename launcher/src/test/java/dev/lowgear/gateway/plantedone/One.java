package dev.lowgear.gateway.plantedone;

import dev.lowgear.gateway.plantedtwo.Two;

/** Planted: breaks a rule that a test must notice. */
public final class One {
    public Two two() {
        return new Two();
    }
}
