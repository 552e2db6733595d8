package dev.lowgear.gateway.planted;

import dev.lowgear.core.physics.planted.Planet;

/** Planted: breaks a rule that a test must notice. */
public final class KnowsPhysics {
    public Planet planet = new Planet();
}
