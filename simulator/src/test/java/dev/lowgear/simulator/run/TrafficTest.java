package dev.lowgear.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.simulator.trace.ChatTrace;
import dev.lowgear.simulator.trace.TraceRequest;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

class TrafficTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final List<TraceRequest> TRACE =
            new ChatTrace(2, ChatTrace.Burst.NONE).generate(TEN_MINUTES, new SplittableRandom(3));

    @Seeds(count = 20)
    void drawsTheRateAskedForInTheWindowAskedFor(SplittableRandom random) {
        double factor = .1 + 2 * random.nextDouble();
        Traffic traffic =
                Traffic.drawn(TRACE, factor, Duration.ofMinutes(25), 4_096, random.nextLong());
        double asked = factor * TRACE.size() / TEN_MINUTES.toSeconds();
        assertThat(traffic.requestsPerSecond()).isCloseTo(asked, within(.25 * asked));
        assertThat(traffic.requests())
                .allMatch(request -> request.promptTokens() + request.outputTokens() <= 4_096)
                .isSortedAccordingTo((a, b) -> Long.compare(a.arrivalNanos(), b.arrivalNanos()));
        assertThat(traffic.requests().getLast().arrivalNanos())
                .isBetween(Duration.ofMinutes(24).toNanos(), Duration.ofMinutes(25).toNanos());
    }

    @Test
    void anotherSeedIsOtherTrafficAndTheSameSeedIsTheSame() {
        Traffic one = Traffic.drawn(TRACE, .5, TEN_MINUTES, 4_096, 1);
        assertThat(one).isEqualTo(Traffic.drawn(TRACE, .5, TEN_MINUTES, 4_096, 1));
        assertThat(one).isNotEqualTo(Traffic.drawn(TRACE, .5, TEN_MINUTES, 4_096, 2));
    }

    @Test
    void countsWhatHadToBeCutToTheWindow() {
        var rows =
                List.of(
                        new TraceRequest(0, 5_000, 3_000),
                        new TraceRequest(100_000_000, 5_000, 3_000));
        Traffic traffic = Traffic.drawn(rows, 1, Duration.ofSeconds(1), 4_096, 1);
        assertThat(traffic.requests().getFirst().outputTokens()).isEqualTo(2_048);
        assertThat(traffic.clipped()).isEqualTo(traffic.requests().size());
    }

    @Test
    void refusesMoreRequestsThanARunCanHave() {
        var atOnce = List.of(new TraceRequest(0, 1, 1));
        assertThatThrownBy(() -> Traffic.drawn(atOnce, 1, Duration.ofHours(1), 4_096, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 5000000 requests");
    }

    @Test
    void refusesTrafficThatArrivesAfterItsEnd() {
        var late = new TraceRequest(2_000_000_000, 1, 1);
        assertThatThrownBy(() -> new Traffic(List.of(late), Duration.ofSeconds(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after the traffic");
    }
}
