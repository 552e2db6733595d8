package dev.lowgear.contract;

import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.gpu.ClockLadder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What one agent has: its GPUs, engines and where to reach it; also its heartbeat.
 *
 * @param agentId agent
 * @param incarnation changes whenever the agent restarts
 * @param url base URL of its HTTP API
 * @param directivesPartition the partition of {@code lowgear.directives} it reads
 * @param gpus its GPUs
 * @param engines its engines
 * @param draining whether it takes no new requests because it is stopping
 */
public record AgentInventory(
        int schemaVersion,
        String agentId,
        long incarnation,
        String url,
        int directivesPartition,
        List<Gpu> gpus,
        List<Engine> engines,
        boolean draining) {

    /**
     * The engines a scheduler may decide about: those whose GPUs' clocks are known, with the clocks
     * that all of their GPUs support.
     *
     * @throws IllegalArgumentException if an id or a size is impossible
     */
    public List<HostedEngine> toCore() {
        var hosted = new ArrayList<HostedEngine>();
        for (Engine engine : engines) {
            List<Integer> clocks = clocksOf(engine);
            if (!clocks.isEmpty()) {
                hosted.add(
                        new HostedEngine(
                                new EngineId(engine.engineId()),
                                new AgentId(agentId),
                                engine.servedModel(),
                                engine.profile(),
                                engine.fingerprint(),
                                engine.maximumBatch(),
                                engine.chunkTokens(),
                                ClockLadder.of(
                                        clocks.stream().mapToInt(Integer::intValue).toArray())));
            }
        }
        return hosted;
    }

    private List<Integer> clocksOf(Engine engine) {
        List<Integer> common = new ArrayList<>();
        boolean first = true;
        for (Gpu gpu : gpus) {
            if (engine.gpus().contains(gpu.uuid())) {
                if (first) {
                    common.addAll(gpu.clocksMhz());
                } else {
                    common.retainAll(gpu.clocksMhz());
                }
                first = false;
            }
        }
        return common;
    }

    /**
     * One GPU.
     *
     * @param clocksMhz supported SM clocks, ascending
     * @param powerLimitWatts standing power limit
     */
    public record Gpu(
            String uuid,
            String model,
            List<Integer> clocksMhz,
            @Nullable Integer powerLimitWatts) {}

    /**
     * One engine.
     *
     * @param servedModel model name as clients know it
     * @param profile {@code <model>/<gpu>/tp<n>}
     * @param fingerprint what makes engines comparable
     * @param backend what runs it, for example {@code simulated}
     * @param state {@code starting}, {@code ready}, {@code draining} or {@code stopped}
     * @param gpus UUIDs of its GPUs
     */
    public record Engine(
            String engineId,
            String servedModel,
            String profile,
            String fingerprint,
            String backend,
            String state,
            int tensorParallel,
            int maximumBatch,
            long kvCapacityTokens,
            int kvBlockTokens,
            int chunkTokens,
            int maximumModelLength,
            boolean canPace,
            List<String> gpus) {}
}
