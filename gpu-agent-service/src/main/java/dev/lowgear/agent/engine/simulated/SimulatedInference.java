package dev.lowgear.agent.engine.simulated;

import dev.lowgear.agent.engine.EngineRequest;
import dev.lowgear.agent.engine.Finish.FinishReason;
import dev.lowgear.agent.engine.InferenceEngine;
import dev.lowgear.agent.engine.IterationReport;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.physics.IterationWork;
import dev.lowgear.core.physics.SimulatedEngine;
import dev.lowgear.core.physics.TokenEvents;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Core's simulated engine behind the agent's engine interface. Its GPUs' clocks come from the files
 * the guardian writes; they are looked at before every event and at least every two milliseconds
 * while something runs, as a GPU would follow its driver.
 */
public final class SimulatedInference implements InferenceEngine {
    /**
     * Body field with the true output length. Only this class reads it: gateway, agent and
     * predictor must not know.
     */
    static final String OUTPUT_TOKENS = "lowgear_simulated_output_tokens";

    private static final double MEAN_OUTPUT_TOKENS = 200;
    private static final long CLOCK_LOOK_NANOS = 2_000_000;

    private final SimulatedEngine engine;
    private final SimulatedGpus gpus;
    private final SplittableRandom lengths;
    private final int defaultClockMhz;
    private final int tensorParallel;

    private SimulatedInference(
            SimulatedEngine engine,
            SimulatedGpus gpus,
            SplittableRandom lengths,
            EngineProfile profile) {
        this.engine = engine;
        this.gpus = gpus;
        this.lengths = lengths;
        defaultClockMhz = profile.gpu().defaultClockMhz();
        tensorParallel = profile.tensorParallel();
    }

    /**
     * An idle engine.
     *
     * @param perturbed whether its physics differ from the data sheets by the seed
     * @throws IOException if the clock files cannot be opened
     */
    public static SimulatedInference start(
            EngineProfile profile,
            boolean perturbed,
            long seed,
            Path gpuDirectory,
            List<String> gpus,
            long nowNanos)
            throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        EnginePhysics physics =
                perturbed
                        ? EnginePhysics.perturbed(profile, random.split())
                        : EnginePhysics.nominal(profile);
        return new SimulatedInference(
                new SimulatedEngine(physics, random.split(), nowNanos),
                SimulatedGpus.open(gpuDirectory, gpus),
                random.split(),
                profile);
    }

    @Override
    public void submit(long handle, EngineRequest request, long nowNanos) {
        engine.submit(
                new dev.lowgear.core.physics.EngineRequest(
                        handle, request.promptTokens(), outputTokens(request), request.maxTokens()),
                nowNanos);
    }

    private int outputTokens(EngineRequest request) {
        JsonNode given = request.body().get(OUTPUT_TOKENS);
        int tokens =
                given != null && given.canConvertToInt() && given.intValue() > 0
                        ? given.intValue()
                        : 1
                                + (int)
                                        (-StrictMath.log(1 - lengths.nextDouble())
                                                * MEAN_OUTPUT_TOKENS);
        return Math.max(tokens, Math.max(1, request.minTokens()));
    }

    @Override
    public void cancel(long handle, long nowNanos) {
        engine.cancel(handle, nowNanos);
    }

    @Override
    public void pace(long paceMicros, long nowNanos) {
        engine.pace(paceMicros * 1000, nowNanos);
    }

    @Override
    public @Nullable IterationReport advance(long nowNanos) {
        while (engine.nextEventNanos() <= nowNanos) {
            IterationCompleted completed = engine.advance(engine.nextEventNanos());
            if (completed != null) {
                return report(completed);
            }
        }
        engine.advance(nowNanos);
        engine.requestClock(gpus.lowestClockMhz(defaultClockMhz), nowNanos);
        return null;
    }

    private static IterationReport report(IterationCompleted iteration) {
        IterationWork work = iteration.work();
        TokenEvents events = iteration.tokens();
        List<IterationReport.Token> tokens = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            tokens.add(
                    new IterationReport.Token(
                            events.requestId(i),
                            events.generated(i),
                            Vocabulary.token(events.generated(i)),
                            events.finished(i) ? reason(events, i) : null));
        }
        long context =
                work.prefillTokens() == 0
                        ? 0
                        : Math.round(work.prefillAttention() / work.prefillTokens());
        return new IterationReport(
                iteration.number(),
                iteration.endNanos(),
                iteration.durationNanos(),
                iteration.restNanos(),
                iteration.paceNanos() / 1000,
                iteration.startClockMhz() == iteration.clockMhz()
                        ? (Integer) iteration.clockMhz()
                        : null,
                new IterationReport.Load(
                        work.batch(),
                        work.decodeTokens(),
                        work.prefillTokens(),
                        work.prefillRequests(),
                        context,
                        work.kvTokens(),
                        iteration.kvBlocksUsed(),
                        iteration.queued()),
                tokens);
    }

    private static FinishReason reason(TokenEvents events, int i) {
        return switch (events.finishReason(i)) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
        };
    }

    @Override
    public long nextEventNanos() {
        long next = engine.nextEventNanos();
        return engine.state() == SimulatedEngine.State.IDLE
                ? next
                : Math.min(next, engine.timeNanos() + CLOCK_LOOK_NANOS);
    }

    @Override
    public int clockMhz() {
        return engine.clockMhz();
    }

    @Override
    public Long energyMillijoules() {
        return engine.gpuCounterMillijoules() * tensorParallel;
    }

    @Override
    public void close() {
        gpus.close();
    }
}
