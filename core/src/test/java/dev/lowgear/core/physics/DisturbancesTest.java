package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

class DisturbancesTest {
    private static final int DRAWS = 100_000;

    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void iterationTimesScatterLogNormallyByTwoPercent() {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double log = StrictMath.log(Disturbances.MEASURED.timeFactor(random));
            sum += log;
            squares += log * log;
        }
        assertThat(sum / DRAWS).isCloseTo(0, within(0.0005));
        assertThat(Math.sqrt(squares / DRAWS)).isCloseTo(0.02, within(0.0005));
    }

    @Test
    void stallsAreRareAndBounded() {
        long[] stalls = new long[DRAWS];
        Arrays.setAll(stalls, i -> Disturbances.MEASURED.stallNanos(random));

        assertThat(Arrays.stream(stalls).filter(nanos -> nanos > 0).count()).isBetween(5L, 45L);
        assertThat(Arrays.stream(stalls).filter(nanos -> nanos > 0))
                .allMatch(nanos -> nanos >= 20_000_000 && nanos <= 120_000_000);
    }

    /** An A800 measured at the NVML call: median 4.5 ms, 99th percentile 13 ms. */
    @Test
    void clockChangesTakeMillisecondsWithATail() {
        long[] delays = new long[DRAWS];
        Arrays.setAll(delays, i -> Disturbances.MEASURED.switchNanos(random));
        Arrays.sort(delays);

        assertThat(delays[0]).isGreaterThanOrEqualTo(1_000_000);
        assertThat(delays[DRAWS / 2]).isBetween(4_000_000L, 5_000_000L);
        assertThat(delays[DRAWS * 98 / 100]).isBetween(13_000_000L, 15_000_000L);
        assertThat(delays[DRAWS - 1]).isBetween(200_000_000L, 300_000_000L);
    }

    @Test
    void noneDisturbsNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(Disturbances.NONE.timeFactor(random)).isEqualTo(1);
            assertThat(Disturbances.NONE.stallNanos(random)).isZero();
            assertThat(Disturbances.NONE.switchNanos(random)).isZero();
        }
    }

    @Test
    void refusesWhatCannotBeDrawnFrom() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Disturbances(-0.1, 0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Disturbances(0, 1.1, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Disturbances(0, 0, 2, 1, 3));
    }
}
