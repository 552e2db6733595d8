package dev.lowgear.contract.planted;

/** Planted: breaks a rule that a test must notice. */
public final class KnowsTheGateway {
    public dev.lowgear.gateway.planted.Sleeps gateway = new dev.lowgear.gateway.planted.Sleeps();
}
