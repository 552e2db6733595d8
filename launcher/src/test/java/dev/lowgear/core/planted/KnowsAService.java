package dev.lowgear.core.planted;

/** Planted: breaks a rule that a test must notice. */
public final class KnowsAService {
    public dev.lowgear.gateway.planted.Sleeps service = new dev.lowgear.gateway.planted.Sleeps();
}
