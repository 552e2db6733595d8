package dev.lowgear.launcher.stack;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * What to run on this machine.
 *
 * @param data its folders
 * @param ports its ports
 * @param engines the agent's simulated engines; none when a file configures real ones
 * @param agentConfiguration a Spring configuration file for the agent, absent for none
 */
public record StackPlan(
        DataFolder data,
        StackPorts ports,
        List<SimulatedEngine> engines,
        @Nullable Path agentConfiguration) {

    public StackPlan {
        engines = List.copyOf(engines);
    }
}
