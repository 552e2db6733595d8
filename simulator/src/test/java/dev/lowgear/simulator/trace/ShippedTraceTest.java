package dev.lowgear.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;

class ShippedTraceTest {
    @Test
    void isWhatItsGeneratorAndSeedGiveByteForByte() throws IOException {
        var written = new StringBuilder();
        TraceWriter.write(
                ShippedTrace.TRAFFIC.generate(
                        ShippedTrace.LENGTH, new SplittableRandom(ShippedTrace.SEED)),
                written);
        try (var file = ShippedTrace.class.getResourceAsStream("chat.csv")) {
            assertThat(file).isNotNull();
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(written.toString());
        }
    }

    @Test
    void isCutToAShorterRun() {
        var minute = ShippedTrace.requests(Duration.ofMinutes(1));
        var whole = ShippedTrace.requests(ShippedTrace.LENGTH);
        assertThat(minute).isNotEmpty().hasSizeLessThan(whole.size());
        assertThat(whole).startsWith(minute.toArray(TraceRequest[]::new));
        assertThat(minute.getLast().arrivalNanos()).isLessThan(60_000_000_000L);
    }

    @Test
    void repeatsInALongerRun() {
        var whole = ShippedTrace.requests(ShippedTrace.LENGTH);
        var twice = ShippedTrace.requests(ShippedTrace.LENGTH.multipliedBy(2));
        assertThat(twice).hasSize(2 * whole.size());
        assertThat(twice.get(whole.size()).arrivalNanos())
                .isEqualTo(whole.getFirst().arrivalNanos() + ShippedTrace.LENGTH.toNanos());
    }
}
