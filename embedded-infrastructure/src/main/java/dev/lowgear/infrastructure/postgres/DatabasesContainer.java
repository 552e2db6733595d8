package dev.lowgear.infrastructure.postgres;

import java.util.function.Supplier;

/** Starts a PostgreSQL in a container that ends with this process. */
public interface DatabasesContainer extends Supplier<Databases> {}
