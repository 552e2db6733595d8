package dev.lowgear.simulator.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.simulator.study.Contender;
import dev.lowgear.simulator.study.SloSet;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class ComparisonPlanTest {
    private static final Demand HALF = new Demand.Load(.5);

    @Test
    void alwaysRunsTheMaximumClockFirst() {
        assertThat(plan(1, List.of(HALF), "pid", "lowgear").contenders())
                .extracting(Contender::name)
                .containsExactly("maximum-clock", "pid", "lowgear");
        assertThat(plan(1, List.of(HALF), "pid", "maximum-clock").contenders())
                .extracting(Contender::name)
                .containsExactly("maximum-clock", "pid");
        assertThat(plan(1, List.of(HALF), "maximum-clock").first().name())
                .isEqualTo("maximum-clock");
        assertThat(plan(1, List.of(HALF), "pid", "lowgear").first().name()).isEqualTo("pid");
    }

    @Test
    void refusesWhatCannotBe() {
        refuses("engines are 1 to 1000, got 0", () -> plan(0, List.of(HALF), "pid"));
        refuses("at least one load", () -> plan(1, List.of(), "pid"));
        refuses("at least one policy", () -> plan(1, List.of(HALF)));
        refuses("load 0.5 is named twice", () -> plan(1, List.of(HALF, HALF), "pid"));
        refuses("pid is named twice", () -> plan(1, List.of(HALF), "pid", "pid"));
        refuses(
                "maximum-clock is named twice",
                () -> plan(1, List.of(HALF), "maximum-clock", "maximum-clock"));
        refuses(
                "relaxed-bound is of one engine, not of 2",
                () -> plan(2, List.of(HALF), "relaxed-bound"));
        refuses("at most 5000000 requests", () -> plan(1000, 10_000, List.of(HALF), "pid"));
        refuses("seeds are 1 to 1000, got 0", () -> new Extent(0, 10, 1));
        refuses("requests are 10 to 1000000, got 9", () -> new Extent(1, 9, 1));
        refuses("in (0, 3], got 0.0", () -> new Demand.Load(0));
        refuses("in (0, 3], got NaN", () -> new Demand.Load(Double.NaN));
        refuses("requests per second, got -1.0", () -> new Demand.Rate(-1));
        Promised tail =
                new Promised.Written(
                        "f", SloFile.parse("{\"tbtTailMillis\": 90, \"e2eMillis\": 9000}"));
        refuses(
                "clairvoyant cannot promise a tail",
                () -> plan(1, 10, List.of(HALF), tail, "clairvoyant"));
        assertThat(plan(1, 10, List.of(HALF), tail, "relaxed-bound").runs()).isEqualTo(4);
    }

    private static void refuses(String why, ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static ComparisonPlan plan(int engines, List<Demand> demands, String... policies) {
        return plan(engines, 10, demands, policies);
    }

    private static ComparisonPlan plan(
            int engines, int requests, List<Demand> demands, String... policies) {
        return plan(engines, requests, demands, new Promised.OfSet(SloSet.PAPER), policies);
    }

    private static ComparisonPlan plan(
            int engines,
            int requests,
            List<Demand> demands,
            Promised promised,
            String... policies) {
        return new ComparisonPlan(
                EngineProfile.parse("llama-3.1-8b/h100/tp1"),
                engines,
                demands,
                promised,
                Stream.of(policies).map(Contender::parse).toList(),
                Knowledge.LEARNED,
                new Extent(2, requests, 1));
    }
}
