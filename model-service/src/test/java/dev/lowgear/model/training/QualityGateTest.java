package dev.lowgear.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.RegionSupport;
import dev.lowgear.core.performance.TableQuality;
import dev.lowgear.core.performance.Tables;
import dev.lowgear.model.registry.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;

class QualityGateTest {
    private final QualityGate gate = new QualityGate(0.8, 0.08, 1.1);

    @Test
    void letsATableInThatPredictsWhatThePriorDidNot() {
        assertThat(judge(error(0.99, 0.02), error(0.4, 0.2)))
                .isEqualTo(
                        new Verdict.Accepted(
                                "held-out R² 0.9900, error 2.00 %; the prior's 20.00 %"));
    }

    @Test
    void refusesATableThatLearnedNothing() {
        assertThat(judge(error(0.99, 0.05), error(0.99, 0.05)))
                .isEqualTo(
                        new Verdict.Refused(
                                "held-out error 5.00 % is not under the prior's 5.00 %"));
    }

    @Test
    void refusesALargeErrorAndABadFit() {
        assertThat(judge(error(0.99, 0.09), error(0.4, 0.2)).reason()).contains("above 8.00 %");
        assertThat(judge(error(0.7, 0.02), error(0.4, 0.2)).reason()).contains("below 0.8000");
    }

    @Test
    void refusesWhatTooFewHeldOutIterationsSay() {
        assertThat(judge(new FitError(39, 0.99, 100, 0.01), error(0.4, 0.2)).reason())
                .contains("only 39");
        assertThat(judge(null, null).reason()).contains("only 0");
    }

    @Test
    void refusesAStepBackBehindTheTableInForce() {
        TableQuality quality = quality(error(0.99, 0.04), error(0.4, 0.2));
        assertThat(gate.judge(quality, Optional.of(error(0.99, 0.02))))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(gate.judge(quality, Optional.of(error(0.99, 0.039))))
                .isInstanceOf(Verdict.Accepted.class);
    }

    private Verdict judge(@Nullable FitError time, @Nullable FitError prior) {
        return gate.judge(quality(time, prior), Optional.empty());
    }

    private static FitError error(double r2, double mape) {
        return new FitError(1_000, r2, 300, mape);
    }

    private static TableQuality quality(@Nullable FitError time, @Nullable FitError prior) {
        return new TableQuality(
                5_000,
                time,
                prior,
                null,
                null,
                false,
                RegionSupport.over(Tables.GRID),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
