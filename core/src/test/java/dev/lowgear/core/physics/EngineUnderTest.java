package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.engine.EngineProfile;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** An undisturbed engine and what came out of it, stepped from event to event. */
final class EngineUnderTest {
    static final EnginePhysics PHYSICS =
            EnginePhysics.nominal(EngineProfile.parse("llama-3.1-8b/a100-40gb/tp1"));

    final SimulatedEngine engine;
    final List<IterationCompleted> iterations = new ArrayList<>();

    EngineUnderTest() {
        this(PHYSICS.profile().limits());
    }

    EngineUnderTest(EngineLimits limits) {
        engine =
                new SimulatedEngine(PHYSICS, limits, Disturbances.NONE, new SplittableRandom(1), 0);
    }

    /** A disturbed one with a pace and forty requests, everything drawn from {@code seed}. */
    EngineUnderTest(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        engine = new SimulatedEngine(PHYSICS, random, 0);
        engine.pace(random.nextLong(100_000_000), 0);
        engine.requestClock(random.nextInt(210, 1410), 0);
        for (int id = 0; id < 40; id++) {
            submit(id, random.nextInt(1, 2000), random.nextInt(1, 300));
        }
    }

    /** Submits at the engine's present. */
    void submit(long id, int promptTokens, int outputTokens) {
        engine.submit(
                new EngineRequest(id, promptTokens, outputTokens, 10_000), engine.timeNanos());
    }

    /** Lets it run to its next completion. */
    IterationCompleted next() {
        return nextWhere(iteration -> true);
    }

    /** Lets it run to the first completion that {@code wanted} accepts. */
    IterationCompleted nextWhere(Predicate<IterationCompleted> wanted) {
        for (int events = 0; events < 100_000; events++) {
            assertThat(engine.nextEventNanos()).isNotEqualTo(SimulatedEngine.NEVER);
            IterationCompleted completed = engine.advance(engine.nextEventNanos());
            if (completed != null) {
                iterations.add(completed);
                if (wanted.test(completed)) {
                    return completed;
                }
            }
        }
        throw new AssertionError("no such iteration in 100,000 events");
    }

    /** Lets it start what is due, so that an iteration is under way. */
    void startDue() {
        assertThat(engine.advance(engine.nextEventNanos())).isNull();
        assertThat(engine.state()).isEqualTo(SimulatedEngine.State.ITERATING);
    }

    /** Lets it run until nothing is left. */
    void drain() {
        nextWhere(iteration -> engine.state() == SimulatedEngine.State.IDLE);
    }

    int preemptions() {
        return iterations.stream().mapToInt(IterationCompleted::preemptions).sum();
    }
}
