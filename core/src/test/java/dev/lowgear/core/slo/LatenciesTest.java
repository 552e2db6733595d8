package dev.lowgear.core.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class LatenciesTest {
    private static final SloTargets TARGETS =
            new SloTargets(
                    Duration.ofSeconds(2), Duration.ofMillis(60), null, Duration.ofSeconds(20));

    @Test
    void theShareUsedIsThatOfTheTightestTarget() {
        assertThat(of(1_000, 5_000, 54).usedShare(TARGETS)).isCloseTo(.9, within(1e-9));
        assertThat(of(3_000, 5_000, 54).usedShare(TARGETS)).isCloseTo(1.5, within(1e-9));
        assertThat(new Latencies(millis(1_000), millis(1_000), null).usedShare(TARGETS))
                .isCloseTo(.5, within(1e-9));
    }

    @Test
    void itIsMoreThanTheWholeExactlyWhereATargetIsMissed() {
        for (long gap : new long[] {59, 60, 61}) {
            Latencies latencies = of(1_000, 5_000, gap);
            assertThat(latencies.usedShare(TARGETS) > 1)
                    .isEqualTo(!latencies.missed(TARGETS).isEmpty());
        }
    }

    @Test
    void whatWasNotPromisedIsNotUsed() {
        assertThat(of(1_000, 5_000, 54).usedShare(SloTargets.NONE)).isLessThan(1e-6);
    }

    private static Latencies of(long ttftMillis, long e2eMillis, long gapMillis) {
        return new Latencies(
                millis(ttftMillis),
                millis(e2eMillis),
                new Latencies.Gaps(millis(gapMillis), millis(2 * gapMillis)));
    }

    private static long millis(long value) {
        return value * 1_000_000;
    }
}
