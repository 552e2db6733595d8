package dev.lowgear.scheduler.broker;

import dev.lowgear.contract.Topics;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;

import java.util.function.Consumer;

/**
 * The function behind a stream binding: takes the record's bytes, tombstones as well, and puts what
 * cannot be read into the dead-letter topic.
 */
public final class BindingListener implements Consumer<Message<?>> {
    private final Topics topic;
    private final DeadLetterPublisher deadLetters;
    private final Consumer<BoundRecord> reader;

    /**
     * A function for one topic.
     *
     * @param reader takes one record; throws on one that it cannot read
     */
    public BindingListener(
            Topics topic, DeadLetterPublisher deadLetters, Consumer<BoundRecord> reader) {
        this.topic = topic;
        this.deadLetters = deadLetters;
        this.reader = reader;
    }

    @Override
    public void accept(Message<?> message) {
        byte[] value = message.getPayload() instanceof byte[] bytes ? bytes : null;
        byte[] key =
                message.getHeaders().get(KafkaHeaders.RECEIVED_KEY) instanceof byte[] bytes
                        ? bytes
                        : null;
        try {
            reader.accept(new BoundRecord(key, value));
        } catch (RuntimeException e) {
            deadLetters.publish(
                    new UnreadableRecord(
                            topic.topic(),
                            (int) number(message, KafkaHeaders.RECEIVED_PARTITION),
                            number(message, KafkaHeaders.OFFSET),
                            key,
                            value,
                            e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    private static long number(Message<?> message, String header) {
        @Nullable Object value = message.getHeaders().get(header);
        return value instanceof Number number ? number.longValue() : -1;
    }
}
