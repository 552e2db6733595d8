package dev.lowgear.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.simulator.trace.GeneratedTraffic.Daily;
import dev.lowgear.simulator.trace.GeneratedTraffic.Surges;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/** Figures of the Azure 2023 traces in comments, as published statistics of them. */
class GeneratedTrafficTest {
    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void chatHasThePublishedShape() {
        List<TraceRequest> trace = steady(TrafficClass.CHAT, 5.53, Duration.ofHours(3));
        assertThat(trace.size() / 10_800.0).isCloseTo(5.53, within(0.1));
        assertThat(mean(trace, TraceRequest::promptTokens)).isCloseTo(1154.7, within(70.0));
        assertThat(mean(trace, TraceRequest::outputTokens)).isCloseTo(211.1, within(12.0));
        int[] seconds = counts(trace, 1, Duration.ofHours(3));
        assertThat(quantile(seconds, .5)).isEqualTo(5); // 5
        assertThat(quantile(seconds, .99)).isBetween(11, 14); // 13
    }

    @Test
    void codeHasThePublishedShape() {
        List<TraceRequest> trace = steady(TrafficClass.CODE, 2.57, Duration.ofHours(12));
        assertThat(trace.size() / 43_200.0).isCloseTo(2.57, within(0.26));
        assertThat(mean(trace, TraceRequest::promptTokens)).isCloseTo(2047.8, within(120.0));
        assertThat(mean(trace, TraceRequest::outputTokens)).isCloseTo(27.9, within(3.5));
        int[] seconds = counts(trace, 1, Duration.ofHours(12));
        assertThat(empty(seconds)).isBetween(.68, .80); // .73
        assertThat(quantile(seconds, .95)).isBetween(10, 18); // 13
        assertThat(quantile(seconds, .99)).isBetween(20, 34); // 28
        int[] tens = counts(trace, 10, Duration.ofHours(12));
        assertThat(empty(tens)).isBetween(.45, .65); // .56
        assertThat(Arrays.stream(tens).max().orElseThrow()).isBetween(200, 600); // 327 in one hour
        assertThat(empty(counts(trace, 60, Duration.ofHours(12)))).isBetween(.10, .45); // .21
    }

    @Test
    void followsTheHourOfTheDay() {
        List<TraceRequest> day =
                new GeneratedTraffic(mix("chat"), 2, Daily.afternoon(0.6), Surges.NONE)
                        .generate(DAY, new SplittableRandom(3));
        int[] hours = counts(day, 3600, DAY);
        assertThat(Arrays.stream(hours).sum()).isBetween(170_000, 176_000);
        assertThat((double) hours[15]).isCloseTo(2 * 3600 * 1.6, within(350.0));
        assertThat((double) hours[3]).isCloseTo(2 * 3600 * 0.4, within(200.0));
    }

    @Test
    void surgesRaiseTheRateForAWhile() {
        var surging =
                new GeneratedTraffic(
                        mix("chat"), 2, Daily.NONE, new Surges(2, Duration.ofMinutes(5), 4));
        int[] minutes = counts(surging.generate(DAY, new SplittableRandom(4)), 60, DAY);
        double usual = Arrays.stream(minutes).filter(n -> n < 200).average().orElseThrow();
        double raised = Arrays.stream(minutes).filter(n -> n > 400).average().orElseThrow();
        assertThat(usual).isCloseTo(120, within(5.0));
        assertThat(raised).isCloseTo(480, within(20.0));
        long share = Arrays.stream(minutes).filter(n -> n > 400).count();
        assertThat(share / 1440.0).isBetween(.07, .25);
    }

    @Test
    void mixesClassesByTheirShares() {
        List<TraceRequest> mixed =
                new GeneratedTraffic(mix("chat:0.75,code:0.25"), 4, Daily.NONE, Surges.NONE)
                        .generate(DAY, new SplittableRandom(5));
        assertThat(mixed).isSortedAccordingTo(Comparator.comparingLong(TraceRequest::arrivalNanos));
        assertThat(mixed.size() / 86_400.0).isCloseTo(4, within(0.2));
        double expected = 0.75 * 211.1 + 0.25 * 27.9;
        assertThat(mean(mixed, TraceRequest::outputTokens)).isCloseTo(expected, within(10.0));
    }

    @Test
    void generatesTheSameTrafficFromTheSameSeedAndOtherFromAnother() {
        var traffic = new GeneratedTraffic(mix("code"), 3, Daily.NONE, Surges.NONE);
        var once = traffic.generate(Duration.ofHours(1), new SplittableRandom(6));
        assertThat(traffic.generate(Duration.ofHours(1), new SplittableRandom(6))).isEqualTo(once);
        assertThat(traffic.generate(Duration.ofHours(1), new SplittableRandom(7)))
                .isNotEqualTo(once);
        assertThat(once.getLast().arrivalNanos()).isLessThan(Duration.ofHours(1).toNanos());
    }

    @Test
    void refusesMixesThatAreNone() {
        for (String mix : List.of("chat:x", "chat:0.5,chat:0.5", "chat:0.5:1", "")) {
            assertThatThrownBy(() -> mix(mix)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> mix("chatter:1"))
                .hasMessage("no traffic class 'chatter'; there are chat, code");
        assertThatThrownBy(() -> new GeneratedTraffic(mix("chat:0.5"), 1, Daily.NONE, Surges.NONE))
                .hasMessageContaining("shares sum to 1");
        assertThatThrownBy(() -> Daily.afternoon(1)).hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> new Surges(1, Duration.ofMinutes(1), 0.5))
                .hasMessageContaining("factor of 1 to 1000");
    }

    private static SortedMap<TrafficClass, Double> mix(String text) {
        return GeneratedTraffic.parseMix(text);
    }

    private static List<TraceRequest> steady(TrafficClass kind, double rate, Duration length) {
        return GeneratedTraffic.steady(kind, rate).generate(length, new SplittableRandom(2));
    }

    private static double mean(List<TraceRequest> trace, ToIntFunction<TraceRequest> tokens) {
        return trace.stream().mapToInt(tokens).average().orElseThrow();
    }

    private static int[] counts(List<TraceRequest> trace, int seconds, Duration length) {
        int[] counts = new int[(int) (length.toSeconds() / seconds)];
        trace.forEach(r -> counts[(int) (r.arrivalNanos() / 1_000_000_000L / seconds)]++);
        return counts;
    }

    private static int quantile(int[] values, double q) {
        int[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[(int) (q * (sorted.length - 1))];
    }

    private static double empty(int[] counts) {
        return (double) Arrays.stream(counts).filter(n -> n == 0).count() / counts.length;
    }
}
