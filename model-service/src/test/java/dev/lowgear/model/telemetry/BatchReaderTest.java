package dev.lowgear.model.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.contract.Topics;
import dev.lowgear.model.Telemetry;
import dev.lowgear.model.broker.DeadLetter;
import dev.lowgear.model.broker.Received;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class BatchReaderTest {
    private static final Instant THIS_HOUR = Instant.parse("2026-11-24T18:00:00Z");

    private final Positions positions = new Positions();
    private final BatchReader reader =
            new BatchReader(positions, () -> Records.NOW, feed -> Duration.ofHours(24));

    @Test
    void setsAsideWhatCannotBeReadOrStoredAndMovesOn() {
        positions.set(Topics.Names.ITERATIONS, 0, Position.BEGINNING);
        Batch batch =
                reader.read(
                        Feed.ITERATIONS,
                        List.of(
                                Records.message(0, 0, Telemetry.iteration(0)),
                                Records.text(0, 1, "{not json"),
                                Records.text(0, 2, "{\"schemaVersion\":1}"),
                                new Received(0, 3, 0, null, null),
                                Records.message(0, 4, Telemetry.iteration(4, "finger\0print")),
                                Records.message(0, 5, Telemetry.iteration(5))));
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.advances()).containsExactly(new Batch.Advance(0, 0, 6));
        assertThat(batch.deadLetters())
                .extracting(DeadLetter::origin)
                .containsExactly(
                        "lowgear.telemetry.iterations-0@1",
                        "lowgear.telemetry.iterations-0@2",
                        "lowgear.telemetry.iterations-0@3",
                        "lowgear.telemetry.iterations-0@4");
        assertThat(batch.deadLetters().get(1).reason()).contains("agentId");
        assertThat(batch.deadLetters().get(2).reason()).contains("no value");
        assertThat(batch.deadLetters().get(3).reason()).contains("NUL");
    }

    @Test
    void doesNotReadBeforeItKnowsWhereItStands() {
        assertThatThrownBy(() -> reader.read(Feed.ITERATIONS, Records.iterations(0, 0, 1)))
                .isInstanceOf(UnknownPositionException.class)
                .hasMessageContaining("lowgear.telemetry.iterations-0");
    }

    @Test
    void startsATopicThatWasMadeAnewFromItsBeginning() {
        positions.set(Topics.Names.ITERATIONS, 0, new Position(5_000, 0));
        Batch batch = reader.read(Feed.ITERATIONS, Records.iterations(0, 0, 10));
        assertThat(batch.rows()).isEqualTo(10);
        assertThat(batch.advances()).containsExactly(new Batch.Advance(0, 5_000, 10));
    }

    @Test
    void takesATimeNoBrokerOfOursCanHaveWrittenForNow() {
        positions.set(Topics.Names.ITERATIONS, 0, Position.BEGINNING);
        Received record = Records.message(0, 0, Telemetry.iteration(0));
        Batch batch =
                reader.read(
                        Feed.ITERATIONS,
                        List.of(
                                Records.at(record, Instant.EPOCH),
                                Records.at(
                                        Records.message(0, 1, Telemetry.iteration(1)),
                                        Records.NOW.plus(Duration.ofDays(300)))));
        assertThat(batch.hours()).containsExactly(THIS_HOUR);
    }

    @Test
    void countsRowsByPartitionAndFingerprint() {
        positions.set(Topics.Names.ITERATIONS, 0, Position.BEGINNING);
        positions.set(Topics.Names.ITERATIONS, 1, Position.BEGINNING);
        Batch batch =
                reader.read(
                        Feed.ITERATIONS,
                        List.of(
                                Records.message(0, 0, Telemetry.iteration(0, "a")),
                                Records.message(1, 0, Telemetry.iteration(1, "a")),
                                Records.message(0, 1, Telemetry.iteration(2, "a")),
                                Records.message(0, 2, Telemetry.iteration(3, "b"))));
        long now = Records.NOW.toEpochMilli();
        Batch.Tally one = new Batch.Tally(1, now, now);
        assertThat(batch.tallies())
                .containsExactly(
                        java.util.Map.entry(
                                new Batch.TallyKey(0, "a"), new Batch.Tally(2, now, now)),
                        java.util.Map.entry(new Batch.TallyKey(0, "b"), one),
                        java.util.Map.entry(new Batch.TallyKey(1, "a"), one));
    }
}
