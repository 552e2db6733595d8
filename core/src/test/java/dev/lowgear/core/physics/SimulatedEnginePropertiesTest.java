package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;
import java.util.TreeMap;

/** What holds for every engine, load and gear; see {@link EngineScenario}. */
class SimulatedEnginePropertiesTest {
    @Seeds
    void noIterationExceedsALimitAndTimeHasNoGaps(SplittableRandom random) {
        EngineScenario scenario = new EngineScenario(random, true);
        long previousEnd = scenario.engine.timeNanos();
        long number = 0;
        IterationCompleted iteration;
        while ((iteration = scenario.next()) != null) {
            IterationWork work = iteration.work();
            assertThat(iteration.number()).isEqualTo(++number);
            assertThat(work.tokens()).isBetween(1, scenario.limits.chunkTokens());
            assertThat(work.batch()).isBetween(1, scenario.limits.maxBatch());
            assertThat(iteration.kvBlocksUsed()).isBetween(1, scenario.limits.kvBlocks());
            assertThat(work.kvTokens())
                    .isLessThanOrEqualTo(16L * iteration.kvBlocksUsed())
                    .isGreaterThan(
                            16L * iteration.kvBlocksUsed() - 16L * scenario.limits.maxBatch());
            assertThat(iteration.startNanos() - previousEnd)
                    .isEqualTo(iteration.restNanos() + iteration.idleNanos());
            assertThat(iteration.durationNanos()).isPositive();
            previousEnd = iteration.endNanos();
        }
        assertThat(scenario.engine.kvBlocksUsed()).isZero();
        assertThat(scenario.engine.running() + scenario.engine.queued()).isZero();
    }

    @Seeds
    void everyRequestGetsExactlyItsTokensInOrder(SplittableRandom random) {
        EngineScenario scenario = new EngineScenario(random, true);
        TreeMap<Long, Integer> generated = new TreeMap<>();
        TreeMap<Long, FinishReason> finished = new TreeMap<>();
        IterationCompleted iteration;
        while ((iteration = scenario.next()) != null) {
            TokenEvents tokens = iteration.tokens();
            for (int i = 0; i < tokens.size(); i++) {
                long id = tokens.requestId(i);
                assertThat(finished).doesNotContainKey(id);
                assertThat(tokens.generated(i)).isEqualTo(generated.merge(id, 1, Integer::sum));
                assertThat(scenario.cancelled).doesNotContain(id);
                if (tokens.finished(i)) {
                    finished.put(id, tokens.finishReason(i));
                }
            }
        }
        scenario.submitted.forEach((id, request) -> {
            if (scenario.cancelled.contains(id)) {
                assertThat(finished).doesNotContainKey(id);
            } else {
                int owed = scenario.owed(request);
                assertThat(generated).containsEntry(id, owed);
                assertThat(finished)
                        .containsEntry(
                                id,
                                owed == request.outputTokens()
                                        ? FinishReason.STOP
                                        : FinishReason.LENGTH);
            }
        });
    }

    /**
     * Without cancellations every token comes from a decode step or the end of a prefill, and every
     * prompt is prefilled once, plus what preemptions throw away.
     */
    @Seeds
    void onlyPreemptionsMakeItComputeATokenTwice(SplittableRandom random) {
        EngineScenario scenario = new EngineScenario(random, false);
        long tokens = 0;
        long decoded = 0;
        long prefilled = 0;
        int preemptions = 0;
        IterationCompleted iteration;
        while ((iteration = scenario.next()) != null) {
            tokens += iteration.tokens().size();
            decoded += iteration.work().decodeTokens();
            prefilled += iteration.work().prefillTokens();
            preemptions += iteration.preemptions();
        }
        long prompts =
                scenario.submitted.values().stream().mapToLong(EngineRequest::promptTokens).sum();
        long prefills = tokens - decoded;
        assertThat(prefills - scenario.submitted.size()).isBetween(0L, (long) preemptions);
        if (preemptions == 0) {
            assertThat(prefilled).isEqualTo(prompts);
        } else {
            assertThat(prefilled).isGreaterThan(prompts);
        }
    }

    @Seeds
    void energyAddsUp(SplittableRandom random) {
        EngineScenario scenario = new EngineScenario(random, true);
        SimulatedEngine engine = scenario.engine;
        double busy = 0;
        double rest = 0;
        double idle = 0;
        long start = engine.timeNanos();
        IterationCompleted iteration;
        while ((iteration = scenario.next()) != null) {
            busy += iteration.energy().busyJoules();
            rest += iteration.energy().restJoules();
            idle += iteration.energy().idleJoules();
            assertThat(iteration.energy().restJoules() > 0).isEqualTo(iteration.restNanos() > 0);
            assertThat(iteration.energy().idleJoules() > 0).isEqualTo(iteration.idleNanos() > 0);
        }
        EngineEnergy total = engine.energy();
        assertThat(busy).isCloseTo(total.busyJoules(), within(1e-6));
        assertThat(rest).isCloseTo(total.restJoules(), within(1e-6));
        assertThat(idle).isLessThanOrEqualTo(total.idleJoules() + 1e-6);
        int gpus = scenario.physics.profile().tensorParallel();
        double seconds = (engine.timeNanos() - start) * 1e-9;
        double drawnSinceRefresh = total.joules() - gpus * 1e-3 * engine.gpuCounterMillijoules();
        assertThat(total.joules() / seconds / gpus).isBetween(30.0, 1000.0);
        assertThat(drawnSinceRefresh).isBetween(0.0, gpus * 0.1 * 1000);
    }

    @Test
    void theseLoadsPreemptAndRest() {
        int preemptions = 0;
        int rests = 0;
        for (int seed = 1; seed <= 20; seed++) {
            EngineScenario scenario = new EngineScenario(new SplittableRandom(seed), true);
            IterationCompleted iteration;
            while ((iteration = scenario.next()) != null) {
                preemptions += iteration.preemptions();
                rests += iteration.restNanos() > 0 ? 1 : 0;
            }
        }
        assertThat(preemptions).isGreaterThan(20);
        assertThat(rests).isGreaterThan(1000);
    }

    /** Pinned: no change of machine, JDK or caller's timing may move a single bit. */
    @Test
    void aSeedIsOneRunOnEveryMachine() {
        EngineScenario scenario = new EngineScenario(new SplittableRandom(42), true);
        long digest = 0;
        IterationCompleted iteration;
        while ((iteration = scenario.next()) != null) {
            digest = 31 * digest + iteration.endNanos();
            digest = 31 * digest + Double.doubleToLongBits(iteration.energy().joules());
            digest = 31 * digest + iteration.work().kvTokens();
        }
        assertThat(digest).isEqualTo(-5754965516733190671L);
    }

    @Seeds
    void aLateCallerSeesTheSameRun(SplittableRandom random) {
        long seed = random.nextLong();
        EngineUnderTest punctual = new EngineUnderTest(seed);
        EngineUnderTest late = new EngineUnderTest(seed);
        punctual.drain();
        for (long now = 0; late.engine.queued() + late.engine.running() > 0; ) {
            now += random.nextLong(1, 200_000_000);
            IterationCompleted iteration;
            while ((iteration = late.engine.advance(now)) != null) {
                late.iterations.add(iteration);
            }
        }
        assertThat(late.iterations.stream().map(Seen::of).toList())
                .isEqualTo(punctual.iterations.stream().map(Seen::of).toList());
        assertThat(late.engine.energy().busyJoules())
                .isCloseTo(punctual.engine.energy().busyJoules(), within(1e-6));
    }

    /**
     * If nothing is done to the engine between two iterations, the second one either starts at
     * once, because a request waits or is in prefill or there is no pace, or exactly when the pace
     * is over.
     */
    @Seeds
    void restsExactlyAsLongAsThePaceAsks(SplittableRandom random) {
        EngineScenario scenario = new EngineScenario(random, true);
        @Nullable IterationCompleted previous = null;
        IterationCompleted iteration;
        while ((iteration = scenario.next()) != null) {
            boolean newestLeft = iteration.preemptions() > 0;
            if (previous != null && !newestLeft && untouched(scenario, previous, iteration)) {
                boolean onlyDecoding =
                        previous.queued() == 0 && iteration.work().prefillTokens() == 0;
                long expected =
                        onlyDecoding
                                ? Math.max(
                                        previous.endNanos(),
                                        previous.startNanos() + iteration.paceNanos())
                                : previous.endNanos();
                assertThat(iteration.startNanos()).isEqualTo(expected);
            }
            previous = iteration;
        }
    }

    private record Seen(long start, long end, long rest, IterationWork work, String tokens) {
        static Seen of(IterationCompleted iteration) {
            return new Seen(
                    iteration.startNanos(),
                    iteration.endNanos(),
                    iteration.restNanos(),
                    iteration.work(),
                    iteration.tokens().toString());
        }
    }

    private static boolean untouched(
            EngineScenario scenario, IterationCompleted previous, IterationCompleted next) {
        return scenario.inputs.stream()
                .noneMatch(at -> at >= previous.endNanos() && at <= next.startNanos());
    }
}
