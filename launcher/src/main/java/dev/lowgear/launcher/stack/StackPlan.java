package dev.lowgear.launcher.stack;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run on this machine.
 *
 * @param data its folders
 * @param ports its ports
 * @param engines the agent's simulated engines; none when a file configures real ones
 * @param agentConfiguration a Spring configuration file for the agent, absent for none
 * @param environment what is added to the environment of a service's process
 */
public record StackPlan(
        DataFolder data,
        StackPorts ports,
        List<SimulatedEngine> engines,
        @Nullable Path agentConfiguration,
        Map<Service, Map<String, String>> environment) {

    public StackPlan {
        engines = List.copyOf(engines);
        environment = Map.copyOf(environment);
    }

    /** What is added to the environment of a service's process. */
    public Map<String, String> environmentOf(Service service) {
        return environment.getOrDefault(service, Map.of());
    }
}
