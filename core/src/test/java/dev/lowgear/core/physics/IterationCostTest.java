package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.engine.EngineProfile;

import org.junit.jupiter.api.Test;

class IterationCostTest {
    private final IterationCost a100 = cost("llama-3.1-8b/a100-40gb/tp1");

    @Test
    void coefficientsFollowFromTheDataSheets() {
        // 16.06 GB / (0.9 · 1,555 GB/s); 2 · 8.03e9 / (0.6 · 312 TFLOP/s); 128 KiB / (0.8 · 1,555)
        assertThat(a100.weightsSeconds()).isCloseTo(11.475e-3, within(1e-6));
        assertThat(a100.tokenSeconds()).isCloseTo(85.79e-6, within(1e-8));
        assertThat(a100.kvTokenSeconds()).isCloseTo(105.36e-9, within(1e-11));
        assertThat(a100.kvTokenClockSeconds()).isCloseTo(63.22e-9, within(1e-11));
        // 4 · 32 layers · 4,096 / (0.6 · 312 TFLOP/s); 32 layers · 0.15 ms
        assertThat(a100.attentionSeconds()).isCloseTo(2.8007e-9, within(1e-13));
        assertThat(a100.launchSeconds()).isCloseTo(4.8e-3, within(1e-9));
        assertThat(a100.sequenceSeconds()).isEqualTo(0.04e-3);
        assertThat(a100.reduceSeconds()).isZero();
        assertThat(a100.reduceTokenSeconds()).isZero();
    }

    @Test
    void aTensorParallelGroupSharesWeightsAndPaysForReducing() {
        IterationCost two = cost("llama-3.1-8b/a100-40gb/tp2");

        assertThat(two.weightsSeconds()).isCloseTo(a100.weightsSeconds() / 2, within(1e-9));
        assertThat(two.launchSeconds()).isEqualTo(a100.launchSeconds());
        // 64 all-reduces of 12 µs; each sends 4,096 · 2 bytes per token at 0.8 · 300 GB/s
        assertThat(two.reduceSeconds()).isCloseTo(768e-6, within(1e-9));
        assertThat(two.reduceTokenSeconds()).isCloseTo(2.1845e-6, within(1e-10));
    }

    /** Batch 8 over 4,000 tokens: weights 11.475 + KV 0.421 + sequences 0.32 + launches 4.8 ms. */
    @Test
    void decodingASmallBatchIsBoundByMemory() {
        assertThat(a100.seconds(IterationWork.decode(8, 4_000), 1))
                .isCloseTo(17.017e-3, within(1e-6));
    }

    /** At half the clock the cache read turns clock-bound: 11.475 + 0.506 + 0.32 + 9.6 ms. */
    @Test
    void halfTheClockCostsFarLessThanHalfTheSpeed() {
        assertThat(a100.seconds(IterationWork.decode(8, 4_000), 0.5))
                .isCloseTo(21.901e-3, within(1e-6));
    }

    /**
     * A chunk of 480 tokens beside 32 decoding requests: 512 · 85.79 µs, attention 480 · 240 pairs,
     * KV of 13,280 tokens, three tile steps of 3 % of the weights' time.
     */
    @Test
    void prefillIsBoundByTheClock() {
        IterationWork mixed = new IterationWork(33, 32, 480, 1, 13_280, 480 * 240.0);
        double expected = 43.924e-3 + 0.3226e-3 + 1.3992e-3 + 1.28e-3 + 4.8e-3 + 1.0328e-3;

        assertThat(a100.seconds(mixed, 1)).isCloseTo(expected, within(2e-6));
        assertThat(a100.seconds(mixed, 0.5) / a100.seconds(mixed, 1)).isBetween(1.9, 2.0);
    }

    @Test
    void timeJumpsWhereTheMatrixProductsTakeALargerTile() {
        for (int tokens : new int[] {64, 128, 256}) {
            double within = step(tokens - 1);
            assertThat(step(tokens)).isGreaterThan(within + 0.9 * 0.03 * a100.weightsSeconds());
        }
    }

    private double step(int tokens) {
        return a100.seconds(IterationWork.decode(tokens + 1, 0), 1)
                - a100.seconds(IterationWork.decode(tokens, 0), 1);
    }

    private static IterationCost cost(String profile) {
        return IterationCost.nominal(EngineProfile.parse(profile));
    }
}
