package dev.lowgear.model.broker;

import dev.lowgear.contract.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Creates the topics this service reads and writes, and knows where topics end. */
public final class TopicsClient implements AutoCloseable {
    private static final List<Topics> OURS =
            List.of(
                    Topics.ITERATIONS,
                    Topics.POWER_WINDOWS,
                    Topics.REQUESTS,
                    Topics.AGENTS,
                    Topics.PERFORMANCE_TABLES);

    private final Admin admin;
    private final BrokerProperties properties;
    private final Runnable closing;

    TopicsClient(Admin admin, BrokerProperties properties, Runnable closing) {
        this.admin = admin;
        this.properties = properties;
        this.closing = closing;
    }

    /**
     * Creates what does not exist yet.
     *
     * @throws KafkaException if the broker does not answer in time
     */
    void create() {
        List<NewTopic> topics = new ArrayList<>();
        for (Topics topic : OURS) {
            topics.add(topic(topic.topic(), topic.settings()));
            topics.add(topic(topic.deadLetterTopic(), Topics.deadLetterSettings()));
        }
        for (KafkaFuture<Void> creation : admin.createTopics(topics).values().values()) {
            awaitCreation(creation);
        }
    }

    private NewTopic topic(String name, Map<String, String> settings) {
        return new NewTopic(name, properties.partitions(), properties.replication())
                .configs(settings);
    }

    private void awaitCreation(KafkaFuture<Void> creation) {
        try {
            await(creation);
        } catch (TopicExistsException e) {
            // Another service, or an earlier run, was first.
        }
    }

    /**
     * The records a partition holds.
     *
     * @param begin offset of the first
     * @param end offset the next one will get
     */
    public record Range(int partition, long begin, long end) {}

    /**
     * What each partition of a topic holds.
     *
     * @throws KafkaException if the broker does not answer in time
     */
    public List<Range> ranges(String topic) {
        Map<String, TopicDescription> descriptions =
                await(admin.describeTopics(List.of(topic)).allTopicNames());
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicDescription description : descriptions.values()) {
            for (TopicPartitionInfo info : description.partitions()) {
                TopicPartition partition = new TopicPartition(topic, info.partition());
                earliest.put(partition, OffsetSpec.earliest());
                latest.put(partition, OffsetSpec.latest());
            }
        }
        Map<TopicPartition, ListOffsetsResultInfo> begins =
                await(admin.listOffsets(earliest).all());
        List<Range> ranges = new ArrayList<>();
        await(admin.listOffsets(latest).all())
                .forEach((partition, end) -> {
                    ListOffsetsResultInfo begin = begins.get(partition);
                    ranges.add(
                            new Range(
                                    partition.partition(),
                                    begin == null ? 0 : begin.offset(),
                                    end.offset()));
                });
        return ranges;
    }

    private <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(properties.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer from the broker in " + properties.patience(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while asking the broker", e);
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
