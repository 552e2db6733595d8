package dev.lowgear.agent.listening;

import dev.lowgear.contract.Topics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;

/** Puts records nobody can read where somebody will look, with the reason. */
@Component
public class DeadLetterPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterPublisher.class);

    private final KafkaTemplate<String, byte[]> kafka;
    private final Counter count;

    DeadLetterPublisher(KafkaTemplate<String, byte[]> deadLetterTemplate, MeterRegistry meters) {
        kafka = deadLetterTemplate;
        count = meters.counter("lowgear.dead.letters");
    }

    /** Sends it on; a failure is logged, as there is nobody else to tell. */
    public void send(ConsumerRecord<String, byte[]> unreadable, String reason) {
        count.increment();
        String origin =
                unreadable.topic() + "-" + unreadable.partition() + "@" + unreadable.offset();
        LOG.warn("unreadable record={} reason={}", origin, reason);
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        Topics.deadLetterTopic(unreadable.topic()),
                        unreadable.key(),
                        unreadable.value());
        letter.headers()
                .add(Topics.DeadLetterHeaders.REASON, reason.getBytes(StandardCharsets.UTF_8))
                .add(Topics.DeadLetterHeaders.ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
        var _ = // its failure is logged where it completes
                kafka.send(letter)
                        .whenComplete((sent, failure) -> {
                            if (failure != null) {
                                LOG.error("dead letter of {} not sent", origin, failure);
                            }
                        });
    }
}
