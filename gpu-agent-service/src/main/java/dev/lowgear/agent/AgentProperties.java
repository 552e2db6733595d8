package dev.lowgear.agent;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What this node has and how its agent behaves.
 *
 * @param id agent id, unique in the fleet
 * @param url base URL under which gateways reach it; derived from address and port when absent
 * @param engines the engines of this node
 * @param simulatedGpuDirectory where the simulated GPUs keep their clock files
 * @param guardian the process that sets clocks
 * @param lease how long a gear holds without renewal
 * @param heartbeat how often the inventory is announced
 * @param meteringWindow least length of a power window
 * @param maximumBody largest request body
 * @param lengthQuantile quantile of the learned lengths that projections take for certain: the
 *     median for {@code lowgear}, .9 for {@code throttllem}
 * @param publishQueue records that may wait for the broker, per kind, before they are dropped and
 *     counted
 */
@Validated
@ConfigurationProperties("lowgear.agent")
public record AgentProperties(
        @NotBlank String id,
        @Nullable String url,
        @NotEmpty @Valid List<Engine> engines,
        Path simulatedGpuDirectory,
        @Valid Guardian guardian,
        @DefaultValue("2s") Duration lease,
        @DefaultValue("2s") Duration heartbeat,
        @DefaultValue("1s") Duration meteringWindow,
        @DefaultValue("8MB") DataSize maximumBody,
        @DefaultValue("0.5") @DecimalMin("0.01") @DecimalMax("1") double lengthQuantile,
        @DefaultValue("20000") @Min(100) @Max(10_000_000) int publishQueue) {

    /**
     * One engine.
     *
     * @param id engine id, unique in the fleet
     * @param model model name as clients know it
     * @param backend what runs it
     * @param profile {@code <model>/<gpu>/tp<n>}
     * @param gpus UUIDs of its GPUs, as many as its profile's tensor parallelism
     * @param maximumPace longest pace this node allows it; 0 switches the pace off
     * @param seed seed of the simulated engine's noise
     * @param perturbed whether the simulated physics differ from the profile's data sheet by the
     *     seed
     */
    public record Engine(
            @NotBlank String id,
            @NotBlank String model,
            @DefaultValue("simulated") Backend backend,
            @NotBlank String profile,
            @NotEmpty List<String> gpus,
            @DefaultValue("500ms") Duration maximumPace,
            @DefaultValue("1") long seed,
            @DefaultValue("true") boolean perturbed) {}

    /** What can run an engine. */
    public enum Backend {
        /** The simulated engine on simulated GPUs. */
        SIMULATED
    }

    /**
     * Where the guardian listens.
     *
     * @param socket its Unix socket
     */
    public record Guardian(Path socket) {}
}
