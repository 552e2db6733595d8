package dev.lowgear.model.telemetry;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.model.Telemetry;
import dev.lowgear.model.broker.Received;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records as a consumer would poll them. */
final class Records {
    static final Instant NOW = Instant.parse("2026-11-24T18:30:00Z");

    private Records() {}

    /** Iterations of one partition, numbered like their offsets, {@code to} excluded. */
    static List<Received> iterations(int partition, long from, long to) {
        List<Received> records = new ArrayList<>();
        for (long offset = from; offset < to; offset++) {
            records.add(message(partition, offset, Telemetry.iteration(offset)));
        }
        return records;
    }

    static Received message(int partition, long offset, Object message) {
        return bytes(partition, offset, MessageCodec.encode(message));
    }

    static Received text(int partition, long offset, String text) {
        return bytes(partition, offset, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Received bytes(int partition, long offset, byte[] value) {
        return new Received(partition, offset, NOW.toEpochMilli(), null, value);
    }

    static Received at(Received record, Instant time) {
        return new Received(
                record.partition(), record.offset(), time.toEpochMilli(), null, record.value());
    }
}
