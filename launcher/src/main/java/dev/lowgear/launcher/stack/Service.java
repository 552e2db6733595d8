package dev.lowgear.launcher.stack;

import dev.lowgear.launcher.UsageException;

import java.util.Optional;
import java.util.stream.Stream;

/** A Spring Boot service of the system. */
public enum Service {
    GATEWAY("gateway", "gateway-service", Endpoint.GATEWAY, "lowgear_gateway", 256),
    AGENT("agent", "gpu-agent-service", Endpoint.AGENT, "", 256),
    SCHEDULER("scheduler", "scheduler-service", Endpoint.SCHEDULER, "lowgear_scheduler", 256),
    MODEL("model", "model-service", Endpoint.MODEL, "lowgear_model", 512);

    private final String part;
    private final String module;
    private final Endpoint endpoint;
    private final String database;
    private final int heapMegabytes;

    Service(String part, String module, Endpoint endpoint, String database, int heapMegabytes) {
        this.part = part;
        this.module = module;
        this.endpoint = endpoint;
        this.database = database;
        this.heapMegabytes = heapMegabytes;
    }

    /**
     * The service of that name among the parts.
     *
     * @throws UsageException when there is none, listing those there are
     */
    public static Service named(String part) {
        for (var service : values()) {
            if (service.part.equals(part)) {
                return service;
            }
        }
        throw new UsageException(
                "there is no service '%s', only %s"
                        .formatted(part, Stream.of(values()).map(Service::part).toList()));
    }

    /** Its name among the parts of the system. */
    public String part() {
        return part;
    }

    /** The module that it is built from. */
    public String module() {
        return module;
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Its database, if it has one. */
    public Optional<String> database() {
        return database.isEmpty() ? Optional.empty() : Optional.of(database);
    }

    /** The largest heap it is given, in MiB. */
    public int heapMegabytes() {
        return heapMegabytes;
    }
}
