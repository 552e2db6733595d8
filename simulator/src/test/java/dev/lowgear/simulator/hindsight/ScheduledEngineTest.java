package dev.lowgear.simulator.hindsight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationWork;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.trace.TraceRequest;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class ScheduledEngineTest {
    private static final EnginePhysics PHYSICS = EnginePhysics.nominal(Requests.PROFILE);
    private static final PricedClocks CLOCKS = new PricedClocks(PHYSICS);
    private static final int HIGHEST = PHYSICS.profile().gpu().clocks().highestIndex();
    private static final double IDLE_WATTS = PHYSICS.restWatts(210);

    /** Dear enough for the highest clock. */
    private static final double NO_CREDIT = -1e9;

    /** 600 prompt tokens take two chunks; then come three tokens more. */
    @Test
    void servesOneRequestAsByHand() {
        var chunk = new IterationWork(1, 0, 512, 1, 512, 512 * 256.);
        var rest = new IterationWork(1, 0, 88, 1, 600, 88 * (512 + 44.));
        var steps =
                List.of(
                        chunk,
                        rest,
                        IterationWork.decode(1, 601),
                        IterationWork.decode(1, 602),
                        IterationWork.decode(1, 603));
        double seconds = 0;
        double joules = 0;
        for (IterationWork step : steps) {
            double each = PHYSICS.iterationSeconds(step, HIGHEST);
            seconds += each;
            joules += each * PHYSICS.fullClockWatts(step);
        }
        double first = PHYSICS.iterationSeconds(chunk, HIGHEST);
        double firstToken = first + PHYSICS.iterationSeconds(rest, HIGHEST);

        var times = new ArrayList<Double>();
        ScheduledEngine engine =
                engine(List.of(Requests.at(1_000, 600, 4)), NO_CREDIT, 0)
                        .watchedBy(
                                new ScheduledEngine.Watch() {
                                    @Override
                                    public void finished(
                                            int request, double firstSeconds, double lastSeconds) {
                                        times.add(firstSeconds);
                                        times.add(lastSeconds);
                                    }
                                });
        engine.passTo(schedule(), 10);

        assertThat(times.getFirst()).isCloseTo(1 + firstToken, within(1e-9));
        assertThat(times.getLast()).isCloseTo(1 + seconds, within(1e-9));
        assertThat(engine.joulesAt(10))
                .isCloseTo(joules + IDLE_WATTS * (10 - seconds), within(1e-6));
        assertThat(engine.iterations()).isEqualTo(5);
        assertThat(engine.kvTokens()).isZero();
        assertThat(engine.isEmpty()).isTrue();
    }

    @Test
    void aCopyGoesOnAsTheOriginalWouldHave() {
        List<TraceRequest> requests = Requests.chat(3, Duration.ofMinutes(1), 1);
        Schedule schedule = schedule();
        ScheduledEngine whole = engine(requests, 100, .1);
        whole.passTo(schedule, 120);
        ScheduledEngine half = engine(requests, 100, .1);
        half.passTo(schedule, 31.7);
        ScheduledEngine copy = engine(requests, 100, .1);
        copy.copyFrom(half);
        half.passTo(schedule, 90);
        copy.passTo(schedule, 120);
        assertThat(copy.joulesAt(120)).isEqualTo(whole.joulesAt(120));
        assertThat(copy.iterations()).isEqualTo(whole.iterations());
        assertThat(copy.softMisses()).isEqualTo(whole.softMisses());
    }

    @Test
    void restsBetweenIterationsUntilSomethingArrives() {
        List<TraceRequest> one = List.of(Requests.at(0, 100, 50));
        List<TraceRequest> two = List.of(Requests.at(0, 100, 50), Requests.at(2_000, 100, 50));
        double restless = lastToken(one, 0);
        double resting = lastToken(one, .1);
        assertThat(resting).isCloseTo(48 * .1, within(.2));
        assertThat(restless).isLessThan(1.5);
        assertThat(lastToken(two, .1))
                .as("both rest but for the prefill of the second one")
                .isCloseTo(2 + 48 * .1, within(.4));
    }

    private static double lastToken(List<TraceRequest> requests, double longestPaceSeconds) {
        double[] last = {0};
        ScheduledEngine engine =
                engine(requests, 0, longestPaceSeconds)
                        .watchedBy(
                                new ScheduledEngine.Watch() {
                                    @Override
                                    public void finished(
                                            int request, double firstSeconds, double lastSeconds) {
                                        last[0] = lastSeconds;
                                    }
                                });
        engine.passTo(schedule(), 120);
        return last[0];
    }

    @Test
    void neverHoldsMoreThanTheCacheHolds() {
        List<TraceRequest> flood = Requests.chat(30, Duration.ofSeconds(20), 2);
        ScheduledEngine engine = engine(flood, NO_CREDIT, 0);
        Schedule schedule = schedule();
        long most = 0;
        double end = 0;
        while (end < 600) {
            end = Math.max(end + .01, engine.now());
            engine.passTo(schedule, end);
            most = Math.max(most, engine.kvTokens());
        }
        int capacity = PHYSICS.profile().limits().kvCapacityTokens();
        assertThat(most).isBetween((long) (.9 * capacity), (long) (1.005 * capacity));
        assertThat(engine.unfinished()).isZero();
        assertThat(engine.missed()).isPositive();
    }

    @Test
    void refusesATailOfGaps() {
        var targets = new SloTargets(null, null, Duration.ofMillis(100), Duration.ofSeconds(22));
        assertThatThrownBy(() -> new KnownTraffic(List.of(Requests.at(0, 1, 1)), targets, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TBT tail");
    }

    private static ScheduledEngine engine(
            List<TraceRequest> requests, double creditWatts, double longestPaceSeconds) {
        var work = new KnownTraffic(requests, Requests.E2E_22_SECONDS, 600);
        return new ScheduledEngine(work, PHYSICS, CLOCKS, creditWatts, longestPaceSeconds, .05);
    }

    /** The lowest price but 0, rested as far as may be. */
    private static Schedule schedule() {
        var schedule = new Schedule(600, 1, 600);
        for (int window = 0; window < schedule.windows(); window++) {
            schedule.set(window, 1, Schedule.RESTS - 1);
        }
        return schedule;
    }
}
