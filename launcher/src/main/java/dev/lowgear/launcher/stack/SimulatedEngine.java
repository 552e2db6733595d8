package dev.lowgear.launcher.stack;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.launcher.UsageException;

import java.util.ArrayList;
import java.util.List;

/**
 * A simulated engine of the machine's agent.
 *
 * @param id engine id
 * @param model model name as clients know it
 * @param profile {@code <model>/<gpu>/tp<n>}
 * @param gpus UUIDs of its simulated GPUs
 * @param seed of its noise
 */
public record SimulatedEngine(
        String id, String model, String profile, List<String> gpus, long seed) {
    /** The profile used unless another is asked for. */
    public static final String STANDARD_PROFILE = "llama-2-13b/a100-40gb/tp2";

    public SimulatedEngine {
        gpus = List.copyOf(gpus);
    }

    /**
     * Reads a profile's name.
     *
     * @throws UsageException when there is none of that name, listing those there are
     */
    public static EngineProfile profile(String name) {
        try {
            return EngineProfile.parse(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--engine: " + e.getMessage());
        }
    }

    /**
     * An engine on GPUs of its own.
     *
     * @param number which engine of this machine, from 0
     */
    public static SimulatedEngine of(
            int number, String id, String model, EngineProfile profile, long seed) {
        var gpus = new ArrayList<String>();
        for (int gpu = 0; gpu < profile.tensorParallel(); gpu++) {
            gpus.add("GPU-00000000-0000-4000-8000-%06x%06x".formatted(number, gpu));
        }
        return new SimulatedEngine(id, model, profile.id(), gpus, seed);
    }
}
