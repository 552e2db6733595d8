package dev.lowgear.core.physics;

import dev.lowgear.core.engine.EngineLimits;

import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * The experiment that public clock sweeps publish: a batch of equal requests sent at once to a
 * fresh server and run to its end at one clock, undisturbed.
 *
 * @param promptTokens of every request
 * @param outputTokens of every request
 * @param chunkTokens the server's token budget per iteration
 */
public record BatchExperiment(int promptTokens, int outputTokens, int chunkTokens) {
    /**
     * As EnergyLLM swept an A100: prompts of ShareGPT's length, chunks of 2,048. Its output length
     * is not published; 512 tokens explain its times.
     */
    public static final BatchExperiment SHARE_GPT = new BatchExperiment(220, 512, 2048);

    /**
     * What a batch took.
     *
     * @param seconds from the first prefill to the last token
     * @param joules all GPUs together
     */
    public record Result(double seconds, double joules) {
        /** Mean power. */
        public double watts() {
            return joules / seconds;
        }
    }

    /** Runs a batch of that many requests at a supported clock. */
    public Result run(EnginePhysics physics, int batch, int clockMhz, SplittableGenerator random) {
        EngineLimits serving = physics.profile().limits();
        EngineLimits limits =
                new EngineLimits(
                        serving.kvBlockTokens(),
                        serving.kvBlocks(),
                        serving.maxBatch(),
                        chunkTokens,
                        serving.maxModelLength());
        SimulatedEngine engine = new SimulatedEngine(physics, limits, Disturbances.NONE, random, 0);
        engine.requestClock(clockMhz, 0);
        for (int id = 0; id < batch; id++) {
            engine.submit(new EngineRequest(id, promptTokens, outputTokens, outputTokens), 0);
        }
        while (engine.nextEventNanos() != SimulatedEngine.NEVER) {
            engine.advance(engine.nextEventNanos());
        }
        return new Result(engine.timeNanos() * 1e-9, engine.energy().joules());
    }
}
