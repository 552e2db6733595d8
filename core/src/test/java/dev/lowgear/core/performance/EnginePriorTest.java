package dev.lowgear.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.engine.EngineProfile;

import org.junit.jupiter.api.Test;

class EnginePriorTest {
    @Test
    void priorIsTheRooflineOfTheTwoDataSheets() {
        PerformanceModel prior = AnalyticModel.of(EngineProfile.parse("llama-2-13b/a100-40gb/tp2"));

        assertThat(prior.clocks().highest()).isEqualTo(1410);
        // 26.03 GB of weights over two GPUs of 0.6 · 1.555 TB/s.
        assertThat(prior.iterationMicros(prior.clocks().highestIndex(), 1, 0, 0))
                .isCloseTo(13_951, within(5.0));
        // 2 · 13.016e9 · 512 operations over two GPUs of 0.6 · 312 TFLOP/s at half clock.
        assertThat(prior.iterationMicros(prior.clocks().indexAtLeast(705), 0, 0, 512))
                .isCloseTo(71_199, within(5.0));
        assertThat(prior.idleWatts()).isEqualTo(116);
    }

    @Test
    void everyKnownProfileHasAPrior() {
        for (EngineProfile profile : EngineProfile.known()) {
            PerformanceModel prior = AnalyticModel.of(profile);
            assertThat(prior.iterationMicros(0, 8, 10_000, 512)).as(profile.id()).isPositive();
        }
    }
}
