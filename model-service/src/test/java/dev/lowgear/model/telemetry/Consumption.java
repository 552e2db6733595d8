package dev.lowgear.model.telemetry;

import dev.lowgear.contract.Topics;
import dev.lowgear.model.broker.Received;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

/** One consumer of iterations, without a broker: it is handed what it would have polled. */
final class Consumption {
    private static final String TOPIC = Topics.Names.ITERATIONS;

    private final Positions positions = new Positions();
    private final TelemetryStore store;
    private final BatchReader reader =
            new BatchReader(positions, () -> Records.NOW, feed -> Duration.ofHours(24));

    Consumption(DataSource dataSource) {
        store = new TelemetryStore(dataSource, new HourlyPartitions());
    }

    /** Takes a partition over where the database says it is. */
    long assigned(int partition) throws SQLException {
        long next = store.offsets(TOPIC).getOrDefault(partition, 0L);
        positions.set(TOPIC, partition, Position.at(next));
        return next;
    }

    Batch polled(List<Received> records) throws SQLException {
        Batch batch = reader.read(Feed.ITERATIONS, records);
        store.append(batch);
        for (Batch.Advance advance : batch.advances()) {
            positions.set(TOPIC, advance.partition(), Position.at(advance.next()));
        }
        return batch;
    }
}
