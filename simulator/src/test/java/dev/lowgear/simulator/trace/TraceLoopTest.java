package dev.lowgear.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.simulator.trace.ChatTrace.Burst;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

class TraceLoopTest {
    private static final List<TraceRequest> TEN_MINUTES =
            new ChatTrace(5, Burst.NONE).generate(Duration.ofMinutes(10), new SplittableRandom(1));

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5, 0.8, 0.9, 2.5})
    void keepsTheRateOverManyRounds(double rate) {
        List<TraceRequest> hour = loop(rate, 0.3, 2).until(Duration.ofHours(1));
        double mean = TraceLoop.requestsPerSecond(TEN_MINUTES) * rate;
        assertThat(hour.size() / 3600.0).isCloseTo(mean, within(4 * Math.sqrt(mean / 3600)));
        assertThat(hour).isSortedAccordingTo(Comparator.comparingLong(TraceRequest::arrivalNanos));
    }

    @Test
    void startsAtTheOffsetAndComesBackToIt() {
        var trace =
                List.of(
                        new TraceRequest(0, 1, 1),
                        new TraceRequest(100, 2, 1),
                        new TraceRequest(200, 3, 1));
        assertThat(new TraceLoop(trace, 1, 0.5, new SplittableRandom(1)).take(5))
                .containsExactly(
                        new TraceRequest(50, 3, 1),
                        new TraceRequest(150, 1, 1),
                        new TraceRequest(250, 2, 1),
                        new TraceRequest(350, 3, 1),
                        new TraceRequest(450, 1, 1));
    }

    @Test
    void compressesTimeWhereThinningCannotReachTheRate() {
        var trace = List.of(new TraceRequest(0, 1, 1), new TraceRequest(100, 2, 1));
        assertThat(new TraceLoop(trace, 2, 0, new SplittableRandom(1)).take(4))
                .extracting(TraceRequest::arrivalNanos)
                .containsExactly(0L, 50L, 100L, 150L);
    }

    @Test
    void keepsASubsetOfTheSameRequestsAtALowerRate() {
        var many = loop(0.6, 0, 3).until(Duration.ofMinutes(25));
        var few = loop(0.3, 0, 3).until(Duration.ofMinutes(25));
        assertThat(few).isNotEmpty().hasSizeLessThan(many.size());
        assertThat(many).containsAll(few);
    }

    @Test
    void drawsAfreshInEveryRound() {
        long round = Duration.ofMinutes(10).toNanos();
        var two = loop(0.5, 0, 4).until(Duration.ofMinutes(19));
        long again = two.stream().filter(r -> r.arrivalNanos() >= round).count();
        assertThat(again).isBetween(1000L, 1700L);
        assertThat(lengths(two, 0, round / 2)).isNotEqualTo(lengths(two, round, round * 3 / 2));
    }

    @Test
    void goesRoundWithASingleRequest() {
        var one = List.of(new TraceRequest(0, 1, 1));
        assertThat(new TraceLoop(one, 1, 0, new SplittableRandom(1)).take(3)).hasSize(3);
    }

    @Test
    void refusesWhatHasNoMeaning() {
        for (double rate : new double[] {0, -1, Double.NaN, 1001}) {
            assertThatThrownBy(() -> loop(rate, 0, 1)).hasMessageContaining("rate factor");
        }
        for (double offset : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> loop(1, offset, 1)).hasMessageContaining("offset");
        }
        assertThatThrownBy(() -> new TraceLoop(List.of(), 1, 0, new SplittableRandom(1)))
                .hasMessageContaining("has requests");
    }

    private static List<Integer> lengths(List<TraceRequest> trace, long from, long to) {
        return trace.stream()
                .filter(r -> r.arrivalNanos() >= from && r.arrivalNanos() < to)
                .map(TraceRequest::promptTokens)
                .toList();
    }

    private static TraceLoop loop(double rate, double offset, long seed) {
        return new TraceLoop(TEN_MINUTES, rate, offset, new SplittableRandom(seed));
    }
}
