package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.engine.ServedModel;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.gpu.GpuModel;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class EnginePhysicsTest {
    private static final EngineProfile PROFILE = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    private static final IterationWork DECODE = IterationWork.decode(32, 20_000);

    private final EnginePhysics nominal = EnginePhysics.nominal(PROFILE);

    @Test
    void everyKnownProfileCanBeSimulated() {
        assertThat(EngineProfile.known())
                .allSatisfy(profile ->
                        assertThat(
                                        EnginePhysics.nominal(profile)
                                                .iterationNanos(
                                                        DECODE, profile.gpu().defaultClockMhz()))
                                .isBetween(1e6, 500e6));
    }

    @Test
    void wattsAreThoseOfAllItsGpus() {
        EnginePhysics one = EnginePhysics.nominal(EngineProfile.parse("llama-2-13b/a100-40gb/tp1"));

        assertThat(nominal.busyWatts(DECODE, 1005))
                .isCloseTo(2 * one.busyWatts(DECODE, 1005), within(1e-9));
        assertThat(nominal.restWatts(1005)).isCloseTo(2 * one.restWatts(1005), within(1e-9));
    }

    @Test
    void aComputeBoundChunkDrawsThePrefillWattsInFull() {
        IterationWork chunk = new IterationWork(1, 0, 512, 1, 512, 512 * 256.0);

        assertThat(nominal.busyWatts(chunk, 1410)).isCloseTo(2 * (285 + 60), within(1e-9));
    }

    @Seeds
    void aSpecimensCoefficientsLieWithinAQuarterOfTheNominal(SplittableRandom random) {
        EnginePhysics specimen = EnginePhysics.perturbed(PROFILE, random);

        assertNear(specimen.cost().weightsSeconds(), nominal.cost().weightsSeconds());
        assertNear(specimen.cost().tokenSeconds(), nominal.cost().tokenSeconds());
        assertNear(specimen.cost().kvTokenSeconds(), nominal.cost().kvTokenSeconds());
        assertNear(specimen.cost().kvTokenClockSeconds(), nominal.cost().kvTokenClockSeconds());
        assertNear(specimen.cost().attentionSeconds(), nominal.cost().attentionSeconds());
        assertNear(specimen.cost().sequenceSeconds(), nominal.cost().sequenceSeconds());
        assertNear(specimen.cost().launchSeconds(), nominal.cost().launchSeconds());
        assertNear(specimen.cost().reduceSeconds(), nominal.cost().reduceSeconds());
        assertNear(specimen.cost().reduceTokenSeconds(), nominal.cost().reduceTokenSeconds());
        assertNear(specimen.cost().tileStep(), nominal.cost().tileStep());
        assertNear(specimen.power().baseWatts(), nominal.power().baseWatts());
        assertNear(specimen.power().batchWatts(), nominal.power().batchWatts());
        assertNear(specimen.power().prefillWatts(), nominal.power().prefillWatts());
        assertNear(specimen.power().staticShare(), nominal.power().staticShare());
        assertNear(specimen.power().exponent(), nominal.power().exponent());
        assertNear(specimen.power().restWatts(), nominal.power().restWatts());
    }

    @Seeds
    void aSpecimenIsSlowerAndThriftierAtLowerClocksAndNeverThriftierThanAtRest(
            SplittableRandom random) {
        EnginePhysics specimen = EnginePhysics.perturbed(PROFILE, random).withIdlePowerFactor(1.4);
        int[] clocks = PROFILE.gpu().clocks().toArray();
        for (int i = 0; i < clocks.length; i++) {
            assertThat(specimen.restWatts(clocks[i]))
                    .isLessThan(specimen.busyWatts(DECODE, clocks[i]));
            if (i > 0) {
                assertThat(specimen.iterationNanos(DECODE, clocks[i]))
                        .isLessThan(specimen.iterationNanos(DECODE, clocks[i - 1]));
                assertThat(specimen.busyWatts(DECODE, clocks[i]))
                        .isGreaterThan(specimen.busyWatts(DECODE, clocks[i - 1]));
            }
        }
    }

    @Seeds(count = 10)
    void oneSeedIsOneSpecimen(SplittableRandom random) {
        long seed = random.nextLong();
        EnginePhysics once = EnginePhysics.perturbed(PROFILE, new SplittableRandom(seed));
        EnginePhysics again = EnginePhysics.perturbed(PROFILE, new SplittableRandom(seed));
        EnginePhysics other = EnginePhysics.perturbed(PROFILE, new SplittableRandom(seed + 1));

        assertThat(again.iterationNanos(DECODE, 1005)).isEqualTo(once.iterationNanos(DECODE, 1005));
        assertThat(other.iterationNanos(DECODE, 1005))
                .isNotEqualTo(once.iterationNanos(DECODE, 1005));
    }

    @Test
    void refusesAClockThatTheGpuDoesNotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nominal.iterationNanos(DECODE, 1000))
                .withMessageContaining("1000 MHz is not a clock of a100-40gb");
    }

    @Test
    void refusesAGpuThatNobodyMeasured() {
        GpuModel unmeasured =
                new GpuModel(
                        "b200",
                        "B200",
                        1L << 38,
                        8e12,
                        2e15,
                        9e11,
                        1000,
                        100,
                        ClockLadder.of(1965));

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        EnginePhysics.nominal(
                                new EngineProfile(ServedModel.LLAMA_3_1_8B, unmeasured, 1)))
                .withMessageContaining("no measured physics for GPU 'b200'");
    }

    @Test
    void refusesAnIdlePowerFactorThatIsNotPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> nominal.withIdlePowerFactor(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nominal.withIdlePowerFactor(Double.NaN));
    }

    private static void assertNear(double specimen, double nominal) {
        assertThat(specimen / nominal).isBetween(0.75, 1.25);
    }
}
