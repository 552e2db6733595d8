package dev.lowgear.scheduler.fleet;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.PerformanceTableMessage;
import dev.lowgear.core.control.Event;
import dev.lowgear.scheduler.loop.Inbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.nio.charset.StandardCharsets;

/** Hears of performance tables: the newest of a fingerprint is in force, null withdraws it. */
final class PerformanceTableListener {
    private final Inbox inbox;

    PerformanceTableListener(Inbox inbox) {
        this.inbox = inbox;
    }

    void receive(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value != null) {
            inbox.post(
                    new Event.TablePublished(
                            MessageCodec.decode(value, PerformanceTableMessage.class).toCore()));
        } else if (record.key() != null) {
            inbox.post(new Event.TableWithdrawn(new String(record.key(), StandardCharsets.UTF_8)));
        }
    }
}
