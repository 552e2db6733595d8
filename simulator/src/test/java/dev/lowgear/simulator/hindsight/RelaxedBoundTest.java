package dev.lowgear.simulator.hindsight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationWork;
import dev.lowgear.simulator.trace.TraceRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

class RelaxedBoundTest {
    /** Two requests by hand: 3 and 1 decode steps on prompts of 10 and 20 tokens. */
    @Test
    void addsUpWhatTheRequestsComputeAtLeast() {
        RelaxedBound.Work work =
                RelaxedBound.Work.of(List.of(Requests.at(0, 10, 4), Requests.at(5, 20, 2)));
        assertThat(work.decodes()).isEqualTo(3 + 1);
        assertThat(work.prompts()).isEqualTo(10 + 20);
        assertThat(work.cached()).isEqualTo((10 + 11 + 12 + 13) + (20 + 21));
        assertThat(work.attention()).isEqualTo(50 + 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noIterationIsCheaperThanWhatItsWorkIsPricedAt(long seed) {
        for (String engine : List.of("llama-2-13b/a100-40gb/tp2", "llama-3.1-8b/h100/tp1")) {
            EnginePhysics physics =
                    EnginePhysics.perturbed(
                            EngineProfile.parse(engine), new SplittableRandom(seed));
            RelaxedBound.Prices prices =
                    RelaxedBound.prices(
                            physics,
                            RelaxedBound.Work.of(Requests.chat(1, Duration.ofMinutes(3), seed)));
            assertThat(prices.decode()).isPositive();
            assertThat(prices.prompt()).isPositive();
            assertThat(prices.cached()).isPositive();
            assertThat(prices.attention()).isPositive();
            var random = new SplittableRandom(seed);
            for (int i = 0; i < 20_000; i++) {
                IterationWork work = any(physics.profile().limits(), random);
                int clock = random.nextInt(physics.profile().gpu().clocks().size());
                double above =
                        physics.fullClockWatts(work) * physics.relativeBusyWatts(clock)
                                - physics.restWatts(physics.profile().gpu().clocks().lowest());
                double priced =
                        prices.joules(
                                new RelaxedBound.Work(
                                        work.decodeTokens(),
                                        work.prefillTokens(),
                                        work.kvTokens(),
                                        work.prefillAttention()));
                assertThat(physics.iterationSeconds(work, clock) * above)
                        .as("%s at clock %d of %s", work, clock, engine)
                        .isGreaterThanOrEqualTo(priced * (1 - 1e-12));
            }
        }
    }

    private static IterationWork any(EngineLimits limits, RandomGenerator random) {
        int decodes = random.nextInt(limits.maxBatch() + 1);
        int prefill = random.nextInt(limits.chunkTokens() - decodes + 1);
        int prefilling = prefill > 0 ? 1 : 0;
        return new IterationWork(
                decodes + prefilling,
                decodes,
                prefill,
                prefilling,
                random.nextLong(limits.kvCapacityTokens() + 1L),
                prefill * random.nextDouble() * limits.maxModelLength());
    }

    @Test
    void anEngineWithoutMuchToDoIsBoundByItsIdlePower() {
        EnginePhysics physics = EnginePhysics.nominal(Requests.PROFILE);
        List<TraceRequest> one = List.of(Requests.at(0, 1, 1));
        double hour = RelaxedBound.joules(physics, one, 3_600);
        assertThat(hour).isCloseTo(3_600 * physics.restWatts(210), within(1.));
        assertThat(RelaxedBound.joules(physics, one, 7_200)).isGreaterThan(1.99 * hour);
    }

    @Test
    void moreTokensNeverTakeLess() {
        EnginePhysics physics = EnginePhysics.nominal(Requests.PROFILE);
        double less = RelaxedBound.joules(physics, List.of(Requests.at(0, 500, 100)), 60);
        assertThat(RelaxedBound.joules(physics, List.of(Requests.at(0, 501, 100)), 60))
                .isGreaterThan(less);
        assertThat(RelaxedBound.joules(physics, List.of(Requests.at(0, 500, 101)), 60))
                .isGreaterThan(less);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noScheduleBeatsIt(long seed) {
        EnginePhysics physics =
                EnginePhysics.perturbed(Requests.PROFILE, new SplittableRandom(seed));
        List<TraceRequest> requests = Requests.chat(2, Duration.ofMinutes(2), seed);
        double bound = RelaxedBound.joules(physics, requests, 240);
        var work = new KnownTraffic(requests, Requests.E2E_22_SECONDS, 240);
        var clocks = new PricedClocks(physics);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 20; i++) {
            var schedule = new Schedule(600, 1, 240);
            for (int window = 0; window < 240; window++) {
                schedule.set(
                        window, random.nextInt(Schedule.PRICES), random.nextInt(Schedule.RESTS));
            }
            var engine = new ScheduledEngine(work, physics, clocks, 100, .18, .05);
            engine.passTo(schedule, 240);
            assertThat(engine.unfinished()).isZero();
            assertThat(engine.joulesAt(240)).isGreaterThan(bound);
        }
    }

    @Test
    void refusesTrafficWithoutRequests() {
        assertThatThrownBy(() ->
                        RelaxedBound.joules(EnginePhysics.nominal(Requests.PROFILE), List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one request");
    }
}
