package dev.lowgear.performance;

import static dev.lowgear.performance.Llama13b.GRID;
import static dev.lowgear.performance.Llama13b.IDENTITY;
import static dev.lowgear.performance.Llama13b.PRIOR;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.performance.AnalyticModel;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class ModelFileTest {
    private static final Telemetry TELEMETRY = Telemetry.of(new SplittableRandom(31));
    private static final TrainedModel MODEL =
            new ModelTrainer(PRIOR, GRID)
                    .train(new TrainingSet(TELEMETRY.iterations(1_000), TELEMETRY.windows(400)))
                    .orElseThrow();

    @Test
    void givesTheSameTableAfterwardsToTheLastBit() throws IOException {
        TrainedModel copy = ModelFile.read(ModelFile.write(MODEL), PRIOR);

        assertThat(copy.table(IDENTITY)).isEqualTo(MODEL.table(IDENTITY));
        assertThat(copy.iterationMicrosThroughTribuo(80, 8, 8_000, 100))
                .isEqualTo(MODEL.iterationMicrosThroughTribuo(80, 8, 8_000, 100));
    }

    @Test
    void keepsAModelThatLearnedNoWatts() throws IOException {
        TrainedModel timeOnly =
                new ModelTrainer(PRIOR, GRID)
                        .train(new TrainingSet(TELEMETRY.iterations(500), List.of()))
                        .orElseThrow();

        TrainedModel copy = ModelFile.read(ModelFile.write(timeOnly), PRIOR);

        assertThat(copy.table(IDENTITY)).isEqualTo(timeOnly.table(IDENTITY));
    }

    @Test
    void saysWhatIsWrongWithBytesItCannotRead() {
        byte[] file = ModelFile.write(MODEL);
        byte[] newer = file.clone();
        newer[7] = 99;
        byte[] damaged = file.clone();
        damaged[file.length / 2] ^= 1;

        assertThatThrownBy(() -> ModelFile.read(new byte[] {1, 2, 3, 4, 5}, PRIOR))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a performance model");
        assertThatThrownBy(() -> ModelFile.read(newer, PRIOR))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 99");
        assertThatThrownBy(() -> ModelFile.read(damaged, PRIOR))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> ModelFile.read(Arrays.copyOf(file, 100), PRIOR))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> ModelFile.read(new byte[0], PRIOR))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void refusesThePriorOfAnotherGpu() {
        AnalyticModel h100 = AnalyticModel.of(EngineProfile.parse("llama-3.1-8b/h100/tp1"));

        assertThatThrownBy(() -> ModelFile.read(ModelFile.write(MODEL), h100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the prior");
    }
}
