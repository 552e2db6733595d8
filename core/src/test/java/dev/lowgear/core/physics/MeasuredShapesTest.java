package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lowgear.core.engine.EngineProfile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * The simulated GPUs against what was measured on real ones. The figures are ratios and anchors
 * from public measurements: EnergyLLM's clock sweep (A100-40GB, Llama-3.1-8B, vLLM 0.11), the
 * ML.ENERGY leaderboard v3 (H100, default clock), the throttLL'eM paper (A100 in a DGX).
 */
class MeasuredShapesTest {
    private static final double TOLERANCE_PERCENT = 7;
    private static final int[] MEASURED_CLOCKS = {
        705, 810, 900, 960, 1005, 1050, 1110, 1155, 1200, 1245, 1290, 1320, 1350, 1380, 1410
    };
    private static final int[] MEASURED_BATCHES = {8, 12, 16, 24, 32, 48, 64};

    private final EnginePhysics a100 = physics("llama-3.1-8b/a100-40gb/tp1");
    private final EnginePhysics h100 = physics("llama-3.1-8b/h100/tp1");

    @ParameterizedTest(name = "{0} MHz")
    @CsvSource({
        "705, 1.33, .51, .67",
        "810, 1.19, .54, .64",
        "900, 1.13, .56, .63",
        "960, 1.10, .57, .63",
        "1005, 1.08, .58, .62",
        "1050, 1.06, .60, .64",
        "1110, 1.05, .63, .67",
        "1155, 1.04, .69, .71",
        "1200, 1.04, .70, .73",
        "1245, 1.03, .76, .78",
        "1290, 1.02, .81, .83",
        "1320, 1.02, .82, .83",
        "1350, 1.01, .89, .90",
        "1380, 1.01, .93, .94"
    })
    void anA100SlowsDownAndSavesAsMeasured(int mhz, double time, double power, double energy) {
        double times = 0;
        double powers = 0;
        double energies = 0;
        for (int batch : MEASURED_BATCHES) {
            BatchExperiment.Result slow = wholeBatch(batch, mhz);
            BatchExperiment.Result full = wholeBatch(batch, 1410);
            times += slow.seconds() / full.seconds();
            powers += slow.watts() / full.watts();
            energies += slow.joules() / full.joules();
        }
        int n = MEASURED_BATCHES.length;
        assertThat(times / n).isCloseTo(time, withinPercentage(TOLERANCE_PERCENT));
        assertThat(powers / n).isCloseTo(power, withinPercentage(TOLERANCE_PERCENT));
        assertThat(energies / n).isCloseTo(energy, withinPercentage(TOLERANCE_PERCENT));
    }

    @ParameterizedTest(name = "batch {0}")
    @ValueSource(ints = {8, 12, 16, 24, 32, 48, 64})
    void theKneeOfAWholeBatchLiesWhereItWasMeasured(int batch) {
        int[] ladder = a100.profile().gpu().clocks().toArray();

        int knee = cheapest(ladder, clock -> wholeBatch(batch, clock).joules());

        assertThat(knee).isBetween(900, 1050);
        assertThat(wholeBatch(batch, 705).joules()).isGreaterThan(wholeBatch(batch, 1005).joules());
    }

    @ParameterizedTest(name = "batch {0}")
    @ValueSource(ints = {8, 12, 16, 24, 32, 48, 64})
    void decodingAloneHasItsKneeThereToo(int batch) {
        IterationWork work = IterationWork.decode(batch, 400L * batch);

        int knee = cheapest(MEASURED_CLOCKS, clock -> joules(a100, work, clock));

        assertThat(knee).isBetween(900, 1050);
        assertThat(joules(a100, work, 705)).isGreaterThan(joules(a100, work, 1005));
    }

    /** Chat requests of the leaderboard run hold about 400 tokens on average. */
    @ParameterizedTest(name = "batch {0}")
    @CsvSource({
        "8, 7.3, 486",
        "16, 7.9, 513",
        "32, 8.9, 560",
        "64, 11.5, 610",
        "96, 14.1, 644",
        "128, 16.5, 669",
        "192, 20.9, 688",
        "256, 26.1, 691"
    })
    void anH100DecodesAsFastAndAsHotAsMeasured(int batch, double millis, double watts) {
        IterationWork work = IterationWork.decode(batch, 400L * batch);

        assertThat(h100.iterationNanos(work, 1980) * 1e-6)
                .isCloseTo(millis, withinPercentage(TOLERANCE_PERCENT));
        assertThat(h100.busyWatts(work, 1980))
                .isCloseTo(watts, withinPercentage(TOLERANCE_PERCENT));
    }

    /** The same leaderboard's Llama-3.1-70B, which has the shape of Llama 3 70B, on four H100. */
    @ParameterizedTest(name = "batch {0}")
    @CsvSource({"8, 16.6", "32, 20.0", "64, 22.4", "128, 27.9", "256, 39.8"})
    void fourH100DecodeALargeModelAsFastAsMeasured(int batch, double millis) {
        IterationWork work = IterationWork.decode(batch, 380L * batch);

        assertThat(physics("llama-3-70b/h100/tp4").iterationNanos(work, 1980) * 1e-6)
                .isCloseTo(millis, withinPercentage(TOLERANCE_PERCENT));
    }

    @Test
    void anA100OfADgxDrawsAtItsBestClockWhatThePaperReports() {
        EnginePhysics dgx = physics("llama-2-13b/a100-40gb-dgx/tp1");
        IterationWork work = IterationWork.decode(32, 20_000);

        assertThat(dgx.busyWatts(work, 1050) / dgx.busyWatts(work, 1410))
                .isCloseTo(0.68, withinPercentage(TOLERANCE_PERCENT));
    }

    @Test
    void anA100AtRestDrawsWhatALoadedIdleOneWasSeenToDraw() {
        assertThat(a100.restWatts(1410)).isCloseTo(72, withinPercentage(TOLERANCE_PERCENT));
    }

    private BatchExperiment.Result wholeBatch(int batch, int clockMhz) {
        return BatchExperiment.SHARE_GPT.run(a100, batch, clockMhz, new SplittableRandom(1));
    }

    private static EnginePhysics physics(String profile) {
        return EnginePhysics.nominal(EngineProfile.parse(profile));
    }

    private static double joules(EnginePhysics physics, IterationWork work, int clock) {
        return physics.iterationNanos(work, clock) * physics.busyWatts(work, clock);
    }

    private static int cheapest(int[] clocks, IntToDoubleFunction cost) {
        return Arrays.stream(clocks)
                .boxed()
                .min(Comparator.comparingDouble(cost::applyAsDouble))
                .orElseThrow();
    }
}
