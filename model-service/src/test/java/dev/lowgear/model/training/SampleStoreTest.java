package dev.lowgear.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.model.TestDatabase;
import dev.lowgear.performance.TrainingSample;
import dev.lowgear.performance.TrainingSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

class SampleStoreTest {
    private static final Instant SINCE = Instant.parse("2026-11-24T18:00:00Z");

    private final TestDatabase database = TestDatabase.named("sample_store_test");
    private final SampleStore samples = new SampleStore(database.dataSource(), 1_600);

    @BeforeEach
    void empty() {
        for (String table : new String[] {"iteration_telemetry", "power_window"}) {
            database.execute("TRUNCATE " + table);
            database.execute(
                    """
                    CREATE TABLE IF NOT EXISTS %1$s_all PARTITION OF %1$s
                    FOR VALUES FROM ('2026-11-24') TO ('2026-11-25')\
                    """
                            .formatted(table));
        }
    }

    @Test
    void readsWhatWasMeasuredAndLeavesOutWhatCannotBeLearnedFrom() throws SQLException {
        iterations("'2026-11-24T19:00Z'", "f", "1005", "9000", 1);
        iterations("'2026-11-24T19:00Z'", "other", "1005", "9000", 1);
        iterations("'2026-11-24T17:59Z'", "f", "1005", "9000", 1);
        iterations("'2026-11-24T19:00Z'", "f", "NULL", "9000", 1);
        iterations("'2026-11-24T19:00Z'", "f", "1005", "NULL", 1);
        TrainingSet telemetry = samples.telemetry("f", SINCE);
        assertThat(telemetry.iterations())
                .containsExactly(new TrainingSample(1, 1005, 12, 9_000, 64, 50, 25_000));
        assertThat(telemetry.power()).isEmpty();
    }

    @Test
    void keepsTheRareLoadsAmongManyAlike() throws SQLException {
        iterations("'2026-11-24T19:00Z'", "f", "1410", "9000", 20_000);
        iterations("'2026-11-24T19:00Z'", "f", "705", "9000", 30);
        TrainingSet telemetry = samples.telemetry("f", SINCE);
        assertThat(telemetry.iterations().stream().filter(seen -> seen.clockMhz() == 705))
                .hasSize(30);
        assertThat(telemetry.iterations()).hasSize(130);
    }

    @Test
    void learnsWattsFromSteadyWindowsOnly() throws SQLException {
        window("f", 1005, true);
        window("f", 1005, false);
        window("other", 1005, true);
        TrainingSet telemetry = samples.telemetry("f", SINCE);
        assertThat(telemetry.power())
                .singleElement()
                .satisfies(seen -> {
                    assertThat(seen.meanWatts()).isEqualTo(300);
                    assertThat(seen.busyShare()).isEqualTo(0.75);
                    assertThat(seen.at().clockMhz()).isEqualTo(1005);
                    assertThat(seen.at().batch()).isEqualTo(12.5);
                    assertThat(seen.at().prefillTokens()).isEqualTo(64);
                    assertThat(seen.prefillShare()).isEqualTo(0.25);
                });
    }

    @Test
    void letsOneTrainAtATime() throws SQLException {
        SampleStore other = new SampleStore(database.dataSource(), 1_600);
        try (Connection held = samples.tryLock().orElseThrow()) {
            assertThat(other.tryLock()).isEmpty();
            held.rollback();
        }
        try (Connection held = other.tryLock().orElseThrow()) {
            assertThat(held.isClosed()).isFalse();
        }
    }

    private void iterations(
            String at, String fingerprint, String clock, String kvTokens, int count) {
        database.execute(
                """
                INSERT INTO iteration_telemetry (received_at, start_epoch_micros, incarnation,
                    iteration, busy_micros, schema_version, tensor_parallel, running_requests,
                    prefill_tokens, prefill_requests, prefill_context_tokens, decode_tokens,
                    iterations, agent_id, engine_id, served_model, fingerprint, gpu_model, source,
                    measured_clock_mhz, kv_tokens)
                SELECT %s, i, 1, i, 25000, 1, 2, 14, 64, 2, 100, 12, 1, 'a', 'e', 'm', '%s', 'g',
                    'engine', %s, %s FROM generate_series(1, %d) AS i\
                """
                        .formatted(at, fingerprint, clock, kvTokens, count));
    }

    private void window(String fingerprint, int clock, boolean stable) {
        database.execute(
                """
                INSERT INTO power_window (received_at, start_epoch_micros, length_micros,
                    millijoules, busy_fraction, rest_fraction, mean_batch, mean_kv_tokens,
                    mean_prefill_tokens, prefill_share, schema_version, tensor_parallel,
                    clock_mhz, stable, agent_id, engine_id, served_model, fingerprint, gpu_model)
                VALUES ('2026-11-24T19:00Z', 1, 2000000, 600000, .75, 0, 12.5, 9000, 64, .25, 1, 2, %d,
                    %s, 'a', 'e', 'm', '%s', 'g')\
                """
                        .formatted(clock, stable, fingerprint));
    }
}
