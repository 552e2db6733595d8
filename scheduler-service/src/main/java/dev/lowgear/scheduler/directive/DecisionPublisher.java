package dev.lowgear.scheduler.directive;

import dev.lowgear.contract.DecisionMessage;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.control.Answer;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

import java.nio.charset.StandardCharsets;

/** Publishes every decision that changes a gear, with what it was made from, and remembers it. */
final class DecisionPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionPublisher.class);

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final RecentDecisions recent;
    private final String gearPolicy;

    DecisionPublisher(
            KafkaTemplate<byte[], byte[]> kafka, RecentDecisions recent, String gearPolicy) {
        this.kafka = kafka;
        this.recent = recent;
        this.gearPolicy = gearPolicy;
    }

    void publish(Answer answer) {
        DecisionMessage message = DecisionMessage.of(answer, gearPolicy);
        recent.add(message);
        var record =
                new ProducerRecord<>(
                        Topics.DECISIONS.topic(),
                        message.engineId().getBytes(StandardCharsets.UTF_8),
                        MessageCodec.encode(message));
        try {
            var _ =
                    kafka.send(record)
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    notPublished(message, failure);
                                }
                            });
        } catch (KafkaException e) {
            notPublished(message, e);
        }
    }

    private static void notPublished(DecisionMessage message, Throwable failure) {
        LOG.warn("decision={} not published: {}", message.decisionId(), failure.toString());
    }
}
