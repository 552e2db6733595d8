package dev.lowgear.gateway.plantedtwo;

import dev.lowgear.gateway.plantedone.One;

/** Planted: breaks a rule that a test must notice. */
public final class Two {
    public One one() {
        return new One();
    }
}
