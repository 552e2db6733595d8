package dev.lowgear.simulator.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import static java.util.Objects.requireNonNull;

import dev.lowgear.simulator.learning.LearnedTables;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.study.Contender;
import dev.lowgear.simulator.study.Saturations;
import dev.lowgear.simulator.study.SloSet;
import dev.lowgear.simulator.study.Workload;
import dev.lowgear.simulator.trace.GeneratedTraffic;
import dev.lowgear.simulator.trace.TrafficClass;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

class ComparisonTest {
    private static final Workload CODE =
            Workload.of(
                    "code",
                    GeneratedTraffic.steady(TrafficClass.CODE, 20)
                            .generate(Duration.ofMinutes(1), new SplittableRandom(5)));
    private static final Knowledge PHYSICS =
            new Knowledge(LengthSource.LEARNED, LearnedTables.Source.PHYSICS);
    private static final Promised SLO =
            new Promised.Written("slo", SloFile.parse("{\"e2eMillis\": 9000}"));
    private static final Demand TWO = new Demand.Rate(2);
    private static final Demand SIX = new Demand.Rate(6);

    private static ComparisonResult result;

    @BeforeAll
    static void compares() throws InterruptedException {
        result = compare(2);
    }

    private static ComparisonResult compare(int threads) throws InterruptedException {
        return run(
                plan(1, List.of(TWO, SIX), SLO, "lowgear@oracle", "fixed-clock", "relaxed-bound"),
                threads,
                new Steps());
    }

    @Test
    void runsEveryPolicyAtEveryLoadWithEverySeed() {
        assertThat(result.runs()).hasSize(2 * 2 * 4);
        for (Demand demand : List.of(TWO, SIX)) {
            for (String policy :
                    List.of("maximum-clock", "lowgear@oracle", "fixed-clock", "relaxed-bound")) {
                assertThat(result.runs(demand, policy))
                        .extracting(ComparedRun::seed)
                        .containsExactly(1L, 2L);
            }
        }
    }

    @Test
    void comesToTheSameButForWallTimesHoweverManyThreadsRun() throws InterruptedException {
        String again = new ComparisonReport(compare(1)).json();
        assertThat(timeless(again)).isEqualTo(timeless(new ComparisonReport(result).json()));
    }

    private static List<String> timeless(String json) {
        return json.lines().filter(line -> !line.contains("wallSeconds")).toList();
    }

    @Test
    void savesLessThanTheBoundAndMoreThanNothing() {
        for (Demand demand : List.of(TWO, SIX)) {
            double bound = result.saving(demand, "relaxed-bound").mean();
            assertThat(result.saving(demand, "lowgear@oracle").mean()).isBetween(1.0, bound);
            assertThat(result.saving(demand, "fixed-clock").mean()).isBetween(1.0, bound);
        }
    }

    @Test
    void keepsACurveForThePageOfOneSeedOnly() {
        assertThat(result.runs(TWO, "lowgear@oracle"))
                .extracting(run -> run.result().timeline().isPresent())
                .containsExactly(true, false);
        assertThat(new ComparisonReport(result).html())
                .contains("lowgear@oracle: clock, MHz", "maximum-clock: batch", "End to end")
                .doesNotContain("relaxed-bound: clock", "NaN", "http");
    }

    @Test
    void sharesTrafficAmongEngines() throws InterruptedException {
        ComparisonResult three = run(plan(3, List.of(SIX), SLO, "throttllem"), 2, new Steps());
        RunResult run = three.runs(SIX, "maximum-clock").getFirst().result();
        assertThat(run.requests()).isEqualTo(3 * 40);
        double watts = run.energy().joules() / run.seconds();
        RunResult alone = result.runs(SIX, "maximum-clock").getFirst().result();
        assertThat(watts).isGreaterThan(1.5 * alone.energy().joules() / alone.seconds());
    }

    @Test
    void takesALoadAsAFractionOfWhatTheMaximumClockServes() throws InterruptedException {
        Demand half = new Demand.Load(.5);
        var steps = new Steps();
        ComparisonResult relative =
                run(
                        plan(2, List.of(half), new Promised.OfSet(SloSet.PAPER), "maximum-clock"),
                        2,
                        steps);
        for (SeedSetup setup : relative.seeds()) {
            ComparedRun run = relative.runs(half, "maximum-clock").get((int) setup.seed() - 1);
            assertThat(run.requestsPerSecond())
                    .isCloseTo(
                            2 * .5 * requireNonNull(setup.saturation()).requestsPerSecond(),
                            within(1e-6));
        }
        assertThat(new ComparisonReport(relative).text()).contains("; load 1 is ");
        assertThat(steps.seen).containsExactlyInAnyOrder("1/2", "2/2", "1 of 2", "2 of 2");
    }

    @Test
    void saysWhenATraceWouldHaveToBeStretchedBeyondMeasure() {
        assertThatThrownBy(() ->
                        run(plan(1, List.of(new Demand.Rate(1e5)), SLO, "pid"), 1, new Steps()))
                .isInstanceOf(UnservableException.class)
                .hasMessageContaining("times the rate of code; a trace is served at 0.0001 to");
    }

    @Test
    void saysWhenAPromiseCannotBeKeptAtAnyRate() {
        Promised impossible = new Promised.Written("slo", SloFile.parse("{\"e2eMillis\": 1}"));
        assertThatThrownBy(() ->
                        run(
                                plan(1, List.of(new Demand.Load(.5)), impossible, "pid"),
                                1,
                                new Steps()))
                .isInstanceOf(UnservableException.class)
                .hasMessageContaining("even at 0.001 of its rate code does not reach");
    }

    private static ComparisonResult run(ComparisonPlan plan, int threads, Steps steps)
            throws InterruptedException {
        return new Comparison(plan, CODE, Saturations.inMemory()).run(threads, steps);
    }

    private static ComparisonPlan plan(
            int engines, List<Demand> demands, Promised promised, String... policies) {
        return new ComparisonPlan(
                HandMade.H100,
                engines,
                demands,
                promised,
                Stream.of(policies).map(Contender::parse).toList(),
                PHYSICS,
                new Extent(2, 40, 1));
    }

    /** Remembers how far it was told a comparison is. */
    private static final class Steps implements Comparison.Progress {
        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void prepared(int seeds, int all) {
            seen.add(seeds + "/" + all);
        }

        @Override
        public void ran(int runs, int all) {
            seen.add(runs + " of " + all);
        }
    }
}
