package dev.lowgear.launcher.stack;

import dev.lowgear.infrastructure.process.LoopbackPorts;
import dev.lowgear.launcher.UsageException;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;

/**
 * Which port each endpoint listens on.
 *
 * @param byEndpoint a port for every endpoint, all different
 */
public record StackPorts(Map<Endpoint, Integer> byEndpoint) {

    public StackPorts {
        byEndpoint = new EnumMap<>(byEndpoint);
        var seen = new HashSet<Integer>();
        for (var endpoint : Endpoint.values()) {
            var port = byEndpoint.get(endpoint);
            if (port == null || port < 1 || port > 65_535) {
                throw new UsageException(
                        endpoint.option() + " must be a port in 1..65535, not " + port);
            }
            if (!seen.add(port)) {
                throw new UsageException(
                        "port %d is asked for twice: change %s".formatted(port, endpoint.option()));
            }
        }
    }

    /** The standard ports, except those asked for. */
    public static StackPorts standard(Map<Endpoint, Integer> asked) {
        var ports = new EnumMap<Endpoint, Integer>(Endpoint.class);
        for (var endpoint : Endpoint.values()) {
            ports.put(endpoint, asked.getOrDefault(endpoint, endpoint.standardPort()));
        }
        return new StackPorts(ports);
    }

    /** Any free ports, except those asked for. */
    public static StackPorts free(Map<Endpoint, Integer> asked) {
        var free = LoopbackPorts.free(2 * Endpoint.values().length).iterator();
        var ports = new EnumMap<Endpoint, Integer>(Endpoint.class);
        for (var endpoint : Endpoint.values()) {
            int port = free.next();
            while (asked.containsValue(port)) {
                port = free.next();
            }
            ports.put(endpoint, asked.getOrDefault(endpoint, port));
        }
        return new StackPorts(ports);
    }

    /** The port of an endpoint. */
    public int of(Endpoint endpoint) {
        return byEndpoint.getOrDefault(endpoint, endpoint.standardPort());
    }

    /** The base URL of an HTTP endpoint. */
    public String url(Endpoint endpoint) {
        return "http://127.0.0.1:" + of(endpoint);
    }

    /**
     * Checks that nobody listens on the ports yet.
     *
     * @throws UsageException naming the first port that is taken, and its option
     */
    public void requireFree() {
        for (var endpoint : Endpoint.values()) {
            if (!LoopbackPorts.isFree(of(endpoint))) {
                throw new UsageException(
                        "port %d is taken: choose another with %s N, or free ones with --ports auto"
                                .formatted(of(endpoint), endpoint.option()));
            }
        }
    }
}
