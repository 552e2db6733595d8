package dev.lowgear.model;

import dev.lowgear.contract.AgentInventory;
import dev.lowgear.contract.IterationTelemetry;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.performance.AnalyticModel;

import java.util.List;
import java.util.SplittableRandom;

/**
 * An engine whose iterations take longer than its data sheets say, and differently over clock and
 * load: something to learn.
 */
final class TrueEngine {
    private static final long BEGAN_MICROS = 1_764_000_000_000_000L;
    private static final long EVERY_MICROS = 30_000;

    private final EngineProfile profile = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    private final AnalyticModel sheets = AnalyticModel.of(profile);
    private final SplittableRandom random = new SplittableRandom(7);
    private final String fingerprint;
    private long iteration;

    TrueEngine(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** What its agent announces. */
    AgentInventory inventory() {
        EngineLimits limits = profile.limits();
        return new AgentInventory(
                MessageCodec.SCHEMA_VERSION,
                "agent-of-" + fingerprint,
                1,
                "http://127.0.0.1:1",
                0,
                List.of(new AgentInventory.Gpu("GPU-0", "a100-40gb", List.of(1005, 1410), 400)),
                List.of(
                        new AgentInventory.Engine(
                                "engine-" + fingerprint,
                                "llama-2-13b",
                                profile.id(),
                                fingerprint,
                                "simulated",
                                "ready",
                                2,
                                limits.maxBatch(),
                                (long) limits.kvBlocks() * limits.kvBlockTokens(),
                                limits.kvBlockTokens(),
                                limits.chunkTokens(),
                                limits.maxModelLength(),
                                true,
                                List.of("GPU-0"))),
                false);
    }

    /** Its next iteration, at a random clock and load. */
    IterationTelemetry next() {
        int clock = random.nextInt(sheets.clocks().size() / 2, sheets.clocks().size());
        int batch = 1 + random.nextInt(48);
        long kvTokens = batch * random.nextLong(200, 1_200);
        int prefill = random.nextInt(4) == 0 ? 512 : 0;
        double x = sheets.clocks().relative(clock);
        double micros =
                1.25 * sheets.iterationMicros(clock, batch, (double) kvTokens, prefill)
                        + 4_000 / x
                        + 60 * batch
                        + 30 * prefill / x;
        micros *= 1 + 0.01 * (2 * random.nextDouble() - 1);
        iteration++;
        return new IterationTelemetry(
                MessageCodec.SCHEMA_VERSION,
                "agent-of-" + fingerprint,
                "engine-" + fingerprint,
                1,
                "llama-2-13b",
                fingerprint,
                "a100-40gb",
                2,
                iteration,
                BEGAN_MICROS + iteration * EVERY_MICROS,
                Math.round(micros),
                null,
                null,
                batch + (prefill > 0 ? 1 : 0),
                0,
                prefill,
                prefill > 0 ? 1 : 0,
                0L,
                batch,
                kvTokens,
                null,
                null,
                sheets.clocks().mhz(clock),
                sheets.clocks().mhz(clock),
                null,
                null,
                null,
                null,
                IterationTelemetry.Source.ENGINE,
                1);
    }
}
