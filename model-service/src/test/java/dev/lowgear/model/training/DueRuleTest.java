package dev.lowgear.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.model.registry.LastTraining;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

class DueRuleTest {
    private static final Instant BEGAN = Instant.parse("2026-11-24T18:00:00Z");

    private final DueRule rule = new DueRule(Duration.ofSeconds(60), Duration.ofSeconds(30), 500);

    @Test
    void trainsFirstWhenTelemetrySpansAMinuteAndIsEnough() {
        assertThat(isFirstDue(59, 10_000)).isFalse();
        assertThat(isFirstDue(60, 499)).isFalse();
        assertThat(isFirstDue(60, 500)).isTrue();
    }

    @Test
    void trainsAgainWhenEnoughIsNewAndTheLastIsAWhileAgo() {
        Optional<LastTraining> last = Optional.of(new LastTraining(BEGAN.plusSeconds(60), 2_000));
        assertThat(rule.isDue(progress(90, 2_500), last, BEGAN.plusSeconds(90))).isTrue();
        assertThat(rule.isDue(progress(89, 2_500), last, BEGAN.plusSeconds(89))).isFalse();
        assertThat(rule.isDue(progress(900, 2_499), last, BEGAN.plusSeconds(900))).isFalse();
    }

    @Test
    void takesWhatIsThereForNewWhenTheDatabaseWasEmptied() {
        Optional<LastTraining> last = Optional.of(new LastTraining(BEGAN, 90_000));
        assertThat(rule.isDue(progress(60, 500), last, BEGAN.plusSeconds(60))).isTrue();
        assertThat(rule.isDue(progress(60, 400), last, BEGAN.plusSeconds(60))).isFalse();
    }

    private boolean isFirstDue(long seconds, long rows) {
        return rule.isDue(progress(seconds, rows), Optional.empty(), BEGAN.plusSeconds(seconds));
    }

    private static Progress progress(long seconds, long rows) {
        return new Progress("f", rows, BEGAN, BEGAN.plusSeconds(seconds));
    }
}
