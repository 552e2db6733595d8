package dev.lowgear.launcher.command;

import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.StackPorts;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.EnumMap;
import java.util.Map;

/** The ports that a stack listens on. */
final class StackOptions {
    /** How to find ports that nobody asked for. */
    enum Ports {
        STANDARD,
        AUTO
    }

    @Option(
            names = "--ports",
            paramLabel = "standard|auto",
            description = "Ports not asked for: the standard ones, or any free ones.")
    private Ports ports = Ports.STANDARD;

    @Option(names = "--gateway-port", paramLabel = "N", description = "Standard: 8080.")
    private @Nullable Integer gateway;

    @Option(names = "--agent-port", paramLabel = "N", description = "Standard: 8081.")
    private @Nullable Integer agent;

    @Option(names = "--scheduler-port", paramLabel = "N", description = "Standard: 8082.")
    private @Nullable Integer scheduler;

    @Option(names = "--model-port", paramLabel = "N", description = "Standard: 8083.")
    private @Nullable Integer model;

    @Option(names = "--kafka-port", paramLabel = "N", description = "Standard: 9092.")
    private @Nullable Integer kafka;

    @Option(names = "--postgres-port", paramLabel = "N", description = "Standard: 5432.")
    private @Nullable Integer postgres;

    StackPorts ports() {
        return switch (ports) {
            case STANDARD -> StackPorts.standard(asked());
            case AUTO -> StackPorts.free(asked());
        };
    }

    private Map<Endpoint, Integer> asked() {
        var asked = new EnumMap<Endpoint, Integer>(Endpoint.class);
        for (var endpoint : Endpoint.values()) {
            var port = askedFor(endpoint);
            if (port != null) {
                asked.put(endpoint, port);
            }
        }
        return asked;
    }

    private @Nullable Integer askedFor(Endpoint endpoint) {
        return switch (endpoint) {
            case GATEWAY -> gateway;
            case AGENT -> agent;
            case SCHEDULER -> scheduler;
            case MODEL -> model;
            case KAFKA -> kafka;
            case POSTGRES -> postgres;
        };
    }
}
