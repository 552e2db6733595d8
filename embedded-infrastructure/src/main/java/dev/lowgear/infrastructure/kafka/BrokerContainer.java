package dev.lowgear.infrastructure.kafka;

import java.util.function.Supplier;

/** Starts a broker in a container that ends with this process. */
public interface BrokerContainer extends Supplier<Broker> {}
