package dev.lowgear.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.simulator.trace.ChatTrace.Burst;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

class ChatTraceTest {
    @Test
    void hasThePublishedShapeOfChatTraffic() {
        List<TraceRequest> trace =
                new ChatTrace(5.53, Burst.NONE)
                        .generate(Duration.ofHours(1), new SplittableRandom(3));
        assertThat((double) trace.size()).isCloseTo(5.53 * 3600, within(400.0));
        assertThat(mean(trace, TraceRequest::promptTokens)).isCloseTo(1154.7, within(115.0));
        assertThat(mean(trace, TraceRequest::outputTokens)).isCloseTo(211.1, within(21.0));
        assertThat(quantile(trace, TraceRequest::outputTokens, .5)).isCloseTo(129, within(10));
        assertThat(quantile(trace, TraceRequest::outputTokens, .9)).isCloseTo(424, within(20));
    }

    @Test
    void raisesTheRateDuringTheBurstOnly() {
        var burst = new Burst(Duration.ofSeconds(1000), Duration.ofSeconds(500), 3);
        List<TraceRequest> trace =
                new ChatTrace(4, burst).generate(Duration.ofSeconds(2000), new SplittableRandom(4));
        assertThat(count(trace, 0, 1000)).isBetween(3700L, 4300L);
        assertThat(count(trace, 1000, 1500)).isBetween(5600L, 6400L);
        assertThat(count(trace, 1500, 2000)).isBetween(1800L, 2200L);
    }

    @Test
    void generatesTheSameTraceFromTheSameSeed() {
        var chat = new ChatTrace(2, Burst.NONE);
        assertThat(chat.generate(Duration.ofMinutes(5), new SplittableRandom(5)))
                .isEqualTo(chat.generate(Duration.ofMinutes(5), new SplittableRandom(5)));
    }

    private static long count(List<TraceRequest> trace, int fromSeconds, int toSeconds) {
        return trace.stream()
                .filter(r -> r.arrivalNanos() >= fromSeconds * 1_000_000_000L)
                .filter(r -> r.arrivalNanos() < toSeconds * 1_000_000_000L)
                .count();
    }

    private static double mean(List<TraceRequest> trace, ToIntFunction<TraceRequest> tokens) {
        return trace.stream().mapToInt(tokens).average().orElseThrow();
    }

    private static int quantile(
            List<TraceRequest> trace, ToIntFunction<TraceRequest> tokens, double q) {
        int[] sorted = trace.stream().mapToInt(tokens).sorted().toArray();
        return sorted[(int) (q * (sorted.length - 1))];
    }
}
