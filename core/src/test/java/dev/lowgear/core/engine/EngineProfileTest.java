package dev.lowgear.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.gpu.GpuModel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineProfileTest {
    @Test
    void readsWhatItWrites() {
        assertThat(EngineProfile.known())
                .allSatisfy(profile ->
                        assertThat(EngineProfile.parse(profile.id())).isEqualTo(profile));
    }

    @Test
    void namesModelGpuAndSize() {
        EngineProfile profile = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");

        assertThat(profile.model()).isEqualTo(ServedModel.LLAMA_2_13B);
        assertThat(profile.gpu()).isEqualTo(GpuModel.A100_40GB);
        assertThat(profile.tensorParallel()).isEqualTo(2);
    }

    /** KV bytes per token as published: 128, 800 and 320 KiB. */
    @ParameterizedTest
    @CsvSource({"llama-3.1-8b, 128", "llama-2-13b, 800", "llama-3-70b, 320"})
    void cachesAsManyBytesPerTokenAsPublished(String model, int kib) {
        assertThat(ServedModel.named(model).kvBytesPerToken()).isEqualTo(kib * 1024L);
    }

    /** 0.9 · 40 GiB = 38.65 GB; less 26.03 GB of weights = 12.62 GB; / 819,200 = 15,409 tokens. */
    @Test
    void givesTheMemoryLeftByTheWeightsToTheCache() {
        EngineLimits limits = EngineProfile.parse("llama-2-13b/a100-40gb/tp1").limits();

        assertThat(limits.kvBlocks()).isEqualTo(963);
        assertThat(limits.kvCapacityTokens()).isEqualTo(15_408);
        assertThat(limits.kvBlockTokens()).isEqualTo(16);
        assertThat(limits.maxBatch()).isEqualTo(256);
        assertThat(limits.chunkTokens()).isEqualTo(512);
        assertThat(limits.maxModelLength()).isEqualTo(4_096);
    }

    /** EnergyLLM's vLLM log shows 157,584 tokens, after setting activations aside. */
    @Test
    void comesNearTheCacheThatVllmReports() {
        int tokens = EngineProfile.parse("llama-3.1-8b/a100-40gb/tp1").limits().kvCapacityTokens();

        assertThat((double) tokens).isCloseTo(157_584, within(0.10 * 157_584));
    }

    @Test
    void offersOnlySizesThatHoldTheWeightsAndOneLongRequest() {
        assertThat(EngineProfile.known())
                .extracting(EngineProfile::id)
                .contains("llama-3.1-8b/a100-40gb/tp1", "llama-3-70b/h100/tp2")
                .contains("llama-3-70b/a100-40gb/tp4", "llama-3-70b/a100-40gb/tp8")
                .doesNotContain("llama-3-70b/h100/tp1", "llama-3-70b/a100-40gb/tp2");
    }

    @Test
    void saysWhichSizesFitWhenOneDoesNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineProfile.parse("llama-3-70b/a100-40gb/tp2"))
                .withMessage(
                        "no profile llama-3-70b/a100-40gb/tp2: llama-3-70b with 141 GB of weights"
                                + " runs on a100-40gb as tp4, tp8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineProfile.parse("llama-3.1-8b/h100/tp3"))
                .withMessageContaining("tp1, tp2, tp4, tp8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "llama-2-13b", "llama-2-13b/a100-40gb", "a/b/c/tp1", "a/b/tp-1"})
    void saysTheFormAndWhatExistsWhenTheTextIsNoProfile(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineProfile.parse(text))
                .withMessageContaining("<model>/<gpu>/tp<n>")
                .withMessageContaining("llama-2-13b/a100-40gb/tp2");
    }

    @Test
    void saysWhichModelsThereAreWhenOneIsUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineProfile.parse("gpt-5/h100/tp1"))
                .withMessage(
                        "unknown model 'gpt-5'; there are llama-3.1-8b, llama-2-13b, llama-3-70b");
    }
}
