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

class TraceShapingTest {
    private static final List<TraceRequest> HOUR =
            new ChatTrace(5, Burst.NONE).generate(Duration.ofHours(1), new SplittableRandom(1));

    @ParameterizedTest
    @ValueSource(doubles = {0.37, 1, 1.5, 3})
    void multipliesTheArrivalRate(double factor) {
        List<TraceRequest> shaped = TraceShaping.rate(HOUR, factor, new SplittableRandom(2));
        assertThat((double) shaped.size() / HOUR.size()).isCloseTo(factor, within(0.02 * factor));
        assertThat(shaped)
                .isSortedAccordingTo(Comparator.comparingLong(TraceRequest::arrivalNanos));
        assertThat(shaped.getLast().arrivalNanos())
                .isLessThanOrEqualTo(HOUR.getLast().arrivalNanos());
    }

    @Test
    void refusesARateThatIsNone() {
        for (double factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> TraceShaping.rate(HOUR, factor, new SplittableRandom(2)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void cutsAWindowAndCountsFromItsStart() {
        List<TraceRequest> window =
                TraceShaping.window(HOUR, Duration.ofMinutes(10), Duration.ofMinutes(1));
        assertThat(window).hasSizeBetween(200, 400);
        assertThat(window.getFirst().arrivalNanos()).isBetween(0L, 5_000_000_000L);
        assertThat(window.getLast().arrivalNanos()).isLessThan(60_000_000_000L);
    }

    @Test
    void clipsOutputToHalfTheWindowAndThePromptToTheRest() {
        var clipped =
                TraceShaping.clip(
                        List.of(
                                new TraceRequest(0, 4000, 90),
                                new TraceRequest(0, 4000, 97),
                                new TraceRequest(0, 100, 5000)),
                        4096);
        assertThat(clipped.requests())
                .containsExactly(
                        new TraceRequest(0, 4000, 90),
                        new TraceRequest(0, 3999, 97),
                        new TraceRequest(0, 100, 2048));
        assertThat(clipped.clipped()).isEqualTo(2);
    }
}
