package dev.lowgear.simulator.planted;

import dev.lowgear.contract.planted.KnowsTheGateway;

/** Planted: breaks a rule that a test must notice. */
public final class KnowsTheContract {
    public KnowsTheGateway contract = new KnowsTheGateway();
}
