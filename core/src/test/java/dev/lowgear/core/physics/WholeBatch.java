package dev.lowgear.core.physics;

import dev.lowgear.core.engine.EngineLimits;

import java.util.SplittableRandom;

/**
 * A batch sent at once and run to its end at one clock, as the public A100 sweep was measured:
 * ShareGPT-like prompts of 220 tokens, 512 output tokens each, chunks of 2,048.
 */
record WholeBatch(double seconds, double joules) {
    private static final int PROMPT_TOKENS = 220;
    private static final int OUTPUT_TOKENS = 512;

    static WholeBatch run(EnginePhysics physics, int batch, int clockMhz) {
        EngineLimits serving = physics.profile().limits();
        EngineLimits limits =
                new EngineLimits(16, serving.kvBlocks(), 256, 2048, serving.maxModelLength());
        SimulatedEngine engine =
                new SimulatedEngine(physics, limits, Disturbances.NONE, new SplittableRandom(1), 0);
        engine.requestClock(clockMhz, 0);
        for (int id = 0; id < batch; id++) {
            engine.submit(new EngineRequest(id, PROMPT_TOKENS, OUTPUT_TOKENS, OUTPUT_TOKENS), 0);
        }
        while (engine.nextEventNanos() != SimulatedEngine.NEVER) {
            engine.advance(engine.nextEventNanos());
        }
        return new WholeBatch(engine.timeNanos() * 1e-9, engine.energy().joules());
    }

    double watts() {
        return joules / seconds;
    }
}
