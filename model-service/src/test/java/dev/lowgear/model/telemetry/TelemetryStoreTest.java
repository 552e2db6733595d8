package dev.lowgear.model.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.contract.RequestEvent;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.slo.Target;
import dev.lowgear.model.Telemetry;
import dev.lowgear.model.TestDatabase;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class TelemetryStoreTest {
    private static final String NUMBERS =
            "SELECT count(*), count(DISTINCT iteration), min(iteration), max(iteration)"
                    + " FROM iteration_telemetry";

    private final TestDatabase database = TestDatabase.named("telemetry_store_test");
    private final Consumption consumer = new Consumption(database.dataSource());

    @BeforeEach
    void empty() {
        database.execute(
                "TRUNCATE iteration_telemetry, power_window, request_event, consumed_offset,"
                        + " telemetry_progress");
    }

    @Test
    void storesRowsAndOffsetsTogether() throws SQLException {
        consumer.assigned(3);
        consumer.polled(Records.iterations(3, 0, 500));
        consumer.polled(Records.iterations(3, 500, 700));
        assertThat(database.value(NUMBERS)).isEqualTo("700|700|0|699");
        assertThat(database.rows("SELECT topic, partition, next_offset FROM consumed_offset"))
                .containsExactly(Topics.Names.ITERATIONS + "|3|700");
        assertThat(database.value("SELECT fingerprint, rows FROM telemetry_progress"))
                .isEqualTo(Telemetry.FINGERPRINT + "|700");
    }

    @Test
    void keepsEveryValueAndLeavesAbsentWhatWasNotMeasured() throws SQLException {
        consumer.assigned(0);
        consumer.polled(
                List.of(
                        Records.message(0, 0, Telemetry.iteration(7)),
                        Records.message(0, 1, Telemetry.bareIteration(8))));
        assertThat(
                        database.rows(
                                """
                                SELECT extract(epoch FROM received_at)::bigint, iteration,
                                    start_epoch_micros, busy_micros, rest_micros, pace_micros,
                                    running_requests, queued_requests, prefill_tokens,
                                    prefill_requests, prefill_context_tokens, decode_tokens,
                                    kv_tokens, kv_blocks, kv_blocks_total, requested_clock_mhz,
                                    measured_clock_mhz, busy_millijoules, rest_millijoules,
                                    clock_event_reasons, decision_id, source, iterations,
                                    tensor_parallel, agent_id, engine_id, gpu_model, incarnation
                                FROM iteration_telemetry ORDER BY iteration\
                                """))
                .containsExactly(
                        Records.NOW.getEpochSecond()
                                + "|7|1764000000210000|25000|1000|26000|12|3|512|2|1024|11|21400"
                                + "|1338|5000|1005|1004|9500|120|sw-power-cap,thermal|engine-1-7"
                                + "|engine|1|2|node-1|engine-1|a100-40gb|1700000000123",
                        Records.NOW.getEpochSecond()
                                + "|8|1764000000000000|25000|||12||0|||12||||||||||stream|1"
                                + "|2|node-1|engine-1|a100-40gb|1");
    }

    @Test
    void storesMeteringWindowsAndEveryKindOfRequestEvent() throws SQLException {
        TelemetryStore store = new TelemetryStore(database.dataSource(), new HourlyPartitions());
        Positions positions = new Positions();
        positions.set(Topics.Names.POWER_WINDOWS, 0, Position.BEGINNING);
        positions.set(Topics.Names.REQUESTS, 0, Position.BEGINNING);
        BatchReader reader =
                new BatchReader(positions, () -> Records.NOW, feed -> Duration.ofHours(24));
        store.append(
                reader.read(
                        Feed.POWER_WINDOWS, List.of(Records.message(0, 0, Telemetry.window()))));
        List<RequestEvent> events =
                List.of(
                        new RequestEvent.Received(1, "r", "m", 1, "acme", "standard", 10, 20),
                        new RequestEvent.Admitted(1, "r", "m", 2, "e", 10, 5),
                        new RequestEvent.FirstToken(1, "r", "m", 3, "e", 120),
                        new RequestEvent.Completed(
                                1,
                                "r",
                                "m",
                                4,
                                "e",
                                "standard",
                                10,
                                7,
                                true,
                                120,
                                30L,
                                55L,
                                900,
                                71L,
                                List.of(Target.TTFT, Target.E2E)),
                        new RequestEvent.Cancelled(1, "r", "m", 5, null, 10, 2),
                        new RequestEvent.Rejected(1, "r", "m", 6, null, "full"),
                        new RequestEvent.Lost(1, "r", "m", 7, "e", "late"));
        store.append(
                reader.read(
                        Feed.REQUESTS,
                        java.util.stream.IntStream.range(0, events.size())
                                .mapToObj(i -> Records.message(0, i, events.get(i)))
                                .toList()));
        assertThat(
                        database.value(
                                """
                                SELECT millijoules, busy_fraction, rest_fraction, clock_mhz,
                                    mean_batch, mean_kv_tokens, mean_prefill_tokens, prefill_share, stable
                                FROM power_window\
                                """))
                .isEqualTo("300000|0.8|0.1|1005|12.5|21400.25|128.5|0.25|t");
        assertThat(
                        database.rows(
                                """
                                SELECT at_epoch_millis, type, engine_id, tenant, policy,
                                    prompt_tokens, output_tokens, max_tokens, hit_max_tokens,
                                    waited_millis, ttft_micros, tbt_mean_micros, tbt_tail_micros,
                                    e2e_micros, millijoules, missed, reason
                                FROM request_event ORDER BY 1\
                                """))
                .containsExactly(
                        "1|received||acme|standard|10||20|||||||||",
                        "2|admitted|e|||10||||5|||||||",
                        "3|first-token|e||||||||120||||||",
                        "4|completed|e||standard|10|7||t||120|30|55|900|71|TTFT,E2E|",
                        "5|cancelled||||10|2||||||||||",
                        "6|rejected|||||||||||||||full",
                        "7|lost|e||||||||||||||late");
    }

    @Test
    void losesAndDoublesNothingWhenItDiesBetweenCopyAndCommit() throws SQLException {
        consumer.assigned(0);
        consumer.polled(Records.iterations(0, 0, 100));
        Consumption dying =
                new Consumption(CommitFault.before(database.dataSource(), this::terminateBackend));
        dying.assigned(0);
        assertThatThrownBy(() -> dying.polled(Records.iterations(0, 100, 200)))
                .isInstanceOf(SQLException.class);
        assertThat(database.value(NUMBERS)).isEqualTo("100|100|0|99");

        Consumption restarted = new Consumption(database.dataSource());
        assertThat(restarted.assigned(0)).isEqualTo(100);
        restarted.polled(Records.iterations(0, 100, 200));
        assertThat(database.value(NUMBERS)).isEqualTo("200|200|0|199");
    }

    @Test
    void doublesNothingWhenTheCommitSucceedsButItsAnswerIsLost() throws SQLException {
        Consumption unlucky =
                new Consumption(CommitFault.after(database.dataSource(), this::terminateBackend));
        unlucky.assigned(0);
        assertThatThrownBy(() -> unlucky.polled(Records.iterations(0, 0, 100)))
                .isInstanceOf(SQLException.class);
        assertThat(database.value(NUMBERS)).isEqualTo("100|100|0|99");

        // It does not know that its batch is stored and would write it again.
        assertThatThrownBy(() -> unlucky.polled(Records.iterations(0, 0, 100)))
                .isInstanceOf(FencedException.class);
        assertThat(unlucky.assigned(0)).isEqualTo(100);
        assertThat(database.value(NUMBERS)).isEqualTo("100|100|0|99");
    }

    @Test
    void fencesAConsumerThatLostItsPartition() throws SQLException {
        Consumption zombie = new Consumption(database.dataSource());
        zombie.assigned(0);
        zombie.polled(Records.iterations(0, 0, 100));
        Consumption successor = new Consumption(database.dataSource());
        successor.assigned(0);
        successor.polled(Records.iterations(0, 100, 150));

        assertThatThrownBy(() -> zombie.polled(Records.iterations(0, 100, 300)))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("no longer 100");
        assertThat(database.value(NUMBERS)).isEqualTo("150|150|0|149");
        successor.polled(Records.iterations(0, 150, 160));
        assertThat(database.value(NUMBERS)).isEqualTo("160|160|0|159");
    }

    @Test
    void storesNothingOfABatchWhoseSecondPartitionIsFenced() throws SQLException {
        Consumption zombie = new Consumption(database.dataSource());
        zombie.assigned(0);
        zombie.assigned(1);
        Consumption successor = new Consumption(database.dataSource());
        successor.assigned(1);
        successor.polled(Records.iterations(1, 0, 10));
        var both = new java.util.ArrayList<>(Records.iterations(0, 0, 10));
        both.addAll(Records.iterations(1, 0, 10));
        assertThatThrownBy(() -> zombie.polled(both)).isInstanceOf(FencedException.class);
        assertThat(database.rows("SELECT partition, next_offset FROM consumed_offset"))
                .containsExactly("1|10");
        assertThat(database.value(NUMBERS)).isEqualTo("10|10|0|9");
    }

    @Test
    void letsOnlyOneOfTwoConsumersBeginAPartition() throws SQLException {
        Consumption late = new Consumption(database.dataSource());
        late.assigned(5);
        consumer.assigned(5);
        consumer.polled(Records.iterations(5, 0, 10));
        assertThatThrownBy(() -> late.polled(Records.iterations(5, 0, 10)))
                .isInstanceOf(FencedException.class);
        assertThat(database.value(NUMBERS)).isEqualTo("10|10|0|9");
    }

    @Test
    void leavesOutWhatIsDeliveredAgain() throws SQLException {
        consumer.assigned(0);
        consumer.polled(Records.iterations(0, 0, 100));
        Batch again = consumer.polled(Records.iterations(0, 60, 120));
        assertThat(again.duplicates()).isEqualTo(40);
        assertThat(database.value(NUMBERS)).isEqualTo("120|120|0|119");
    }

    @Test
    void goesOnAcrossOffsetsThatNeverExisted() throws SQLException {
        consumer.assigned(0);
        consumer.polled(Records.iterations(0, 0, 10));
        consumer.polled(Records.iterations(0, 50, 60));
        assertThat(database.value("SELECT next_offset FROM consumed_offset")).isEqualTo("60");
    }

    @Test
    void dropsWholeHoursOnceTheyAreOld() throws SQLException {
        Instant old = Records.NOW.minus(Duration.ofHours(20));
        consumer.assigned(0);
        consumer.polled(
                List.of(
                        Records.at(Records.message(0, 0, Telemetry.iteration(0)), old),
                        Records.message(0, 1, Telemetry.iteration(1))));
        HourlyPartitions partitions = new HourlyPartitions();
        try (Connection connection = database.dataSource().getConnection()) {
            Instant kept = Instant.parse("2026-11-23T22:00:00Z");
            assertThat(partitions.dropEndedBefore(connection, "iteration_telemetry", kept))
                    .isZero();
            assertThat(database.value(NUMBERS)).isEqualTo("2|2|0|1");
            // The row was received at 22:30; its hour ends at 23:00.
            Instant later = Instant.parse("2026-11-23T23:00:00Z");
            assertThat(partitions.dropEndedBefore(connection, "iteration_telemetry", later))
                    .isEqualTo(1);
        }
        assertThat(database.value(NUMBERS)).isEqualTo("1|1|1|1");
    }

    @Test
    void makesAPartitionAgainThatSomebodyElseDropped() throws SQLException {
        consumer.assigned(0);
        consumer.polled(Records.iterations(0, 0, 10));
        database.execute("DROP TABLE iteration_telemetry_2026112418");
        assertThatThrownBy(() -> consumer.polled(Records.iterations(0, 10, 20)))
                .isInstanceOf(SQLException.class);
        consumer.polled(Records.iterations(0, 10, 20));
        assertThat(database.value(NUMBERS)).isEqualTo("10|10|10|19");
    }

    private void terminateBackend(Connection victim) throws SQLException {
        try (var statement = victim.createStatement();
                var result = statement.executeQuery("SELECT pg_backend_pid()")) {
            result.next();
            database.value("SELECT pg_terminate_backend(" + result.getInt(1) + ")");
        }
    }
}
