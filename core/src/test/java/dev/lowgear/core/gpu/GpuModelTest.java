package dev.lowgear.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class GpuModelTest {
    @Test
    void anA100HasThe81ClocksItsDriverLists() {
        assertThat(GpuModel.A100_40GB.clocks().size()).isEqualTo(81);
        assertThat(GpuModel.A100_40GB.clocks().lowest()).isEqualTo(210);
        assertThat(GpuModel.H100.clocks().lowest()).isEqualTo(345);
    }

    @Test
    void runsAtTheHighestClockWhenNobodyAsksForAnother() {
        assertThat(GpuModel.A100_80GB.defaultClockMhz()).isEqualTo(1410);
        assertThat(GpuModel.H100.defaultClockMhz()).isEqualTo(1980);
    }

    @Test
    void findsEveryKnownGpuByItsName() {
        assertThat(GpuModel.known())
                .allSatisfy(gpu -> assertThat(GpuModel.named(gpu.id())).isEqualTo(gpu));
    }

    @Test
    void saysWhichGpusThereAreWhenOneIsUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GpuModel.named("a100"))
                .withMessage(
                        "unknown GPU 'a100'; there are a100-40gb, a100-40gb-dgx, a100-80gb, h100");
    }

    @Test
    void refusesABoardThatIdlesAboveItsLimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new GpuModel("x", "x", 1, 1, 1, 1, 50, 60, ClockLadder.of(100, 200)))
                .withMessageContaining("board power");
    }
}
