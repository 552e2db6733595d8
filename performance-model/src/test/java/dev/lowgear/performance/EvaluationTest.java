package dev.lowgear.performance;

import static dev.lowgear.performance.Llama13b.GRID;
import static dev.lowgear.performance.Llama13b.IDENTITY;
import static dev.lowgear.performance.Llama13b.PRIOR;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;

class EvaluationTest {
    @Test
    void theTableBeatsItsPartsAndTheAlternatives() {
        Telemetry telemetry = Telemetry.of(new SplittableRandom(21));
        TrainingSet set = new TrainingSet(telemetry.iterations(6_000), List.of());
        TrainedModel model = new ModelTrainer(PRIOR, GRID).train(set).orElseThrow();

        List<TrainingSample> cellMeans = telemetry.cellMeans(3_000);
        Evaluation evaluation =
                Evaluation.of(model, model.table(IDENTITY), set.training().iterations(), cellMeans);

        double table = evaluation.table().mape();
        // The roofline alone is told the context of each chunk, for which a table has no axis.
        assertThat(evaluation.table().r2()).isGreaterThan(evaluation.rooflineAlone().r2());
        assertThat(table).isLessThan(evaluation.treesAlone().mape());
        assertThat(table).isLessThan(evaluation.monotoneTrees().mape());
        assertThat(evaluation.prior().mape()).isGreaterThan(5 * table);
        assertThat(evaluation.regions().stream().mapToLong(region -> region.error().count()).sum())
                .isEqualTo(cellMeans.size());
        assertThat(evaluation.regions())
                .allSatisfy(region -> assertThat(region.error().mape()).isLessThan(0.08));
    }
}
