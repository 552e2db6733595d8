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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Creates the topics this service reads and writes, and knows where topics end. */
public final class TopicsClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsClient.class);
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
    private volatile boolean created;

    TopicsClient(Admin admin, BrokerProperties properties, Runnable closing) {
        this.admin = admin;
        this.properties = properties;
        this.closing = closing;
    }

    /** Creates what does not exist yet; until it could, the stream bindings wait as well. */
    @Scheduled(fixedDelayString = "${lowgear.model.broker.retry-every}")
    void create() {
        if (created) {
            return;
        }
        List<NewTopic> topics = new ArrayList<>();
        for (Topics topic : OURS) {
            topics.add(topic(topic.topic(), topic.settings()));
            topics.add(topic(topic.deadLetterTopic(), Topics.deadLetterSettings()));
        }
        try {
            for (KafkaFuture<Void> creation : admin.createTopics(topics).values().values()) {
                awaitCreation(creation);
            }
            created = true;
        } catch (KafkaException e) {
            LOG.warn("topics=pending reason=\"{}\"", e.getMessage());
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
     * The offset the next record of each partition will get.
     *
     * @throws KafkaException if the broker does not answer in time
     */
    public SortedMap<Integer, Long> ends(String topic) {
        Map<String, TopicDescription> descriptions =
                await(admin.describeTopics(List.of(topic)).allTopicNames());
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicDescription description : descriptions.values()) {
            for (TopicPartitionInfo partition : description.partitions()) {
                wanted.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
            }
        }
        SortedMap<Integer, Long> ends = new TreeMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> offsets = await(admin.listOffsets(wanted).all());
        offsets.forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
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
