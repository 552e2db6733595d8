package dev.lowgear.gateway.broker;

import dev.lowgear.contract.Topics;
import dev.lowgear.contract.UnreadableMessageException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Follows all its topics on one thread with one consumer and no group: every gateway reads
 * everything. Neither a broker that is away nor a topic that nobody has made yet holds anything up;
 * both are looked for again.
 */
class TopicsListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsListener.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long RECHECK_NANOS = Duration.ofSeconds(30).toNanos();

    private final Map<String, Object> consumerSettings;
    private final Map<String, Object> adminSettings;
    private final Map<String, FollowedTopic> topics = new LinkedHashMap<>();
    private final RecordPublisher publisher;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<String, byte[]> following;

    TopicsListener(
            Map<String, Object> consumerSettings,
            Map<String, Object> adminSettings,
            List<FollowedTopic> followed,
            RecordPublisher publisher) {
        this.consumerSettings = consumerSettings;
        this.adminSettings = adminSettings;
        followed.forEach(topic -> topics.put(topic.topic().topic(), topic));
        this.publisher = publisher;
        thread = Thread.ofPlatform().name("topics").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!isClosing()) {
                try {
                    createTopics();
                    publisher.topicsAreWritable();
                    follow();
                } catch (WakeupException | InterruptException e) {
                    throw e;
                } catch (KafkaException | ExecutionException e) {
                    LOG.warn("broker not followed, trying again reason={}", e.toString());
                    closing.await(RETRY_NANOS, TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException | InterruptException | WakeupException e) {
            LOG.debug("stops following topics", e);
        }
    }

    /**
     * Only what the gateway writes to; what it reads is made by its owners. Returns when their
     * leaders answer: metadata name a leader before it takes records, and idempotent batches sent
     * into that gap may lose their order for good.
     */
    private void createTopics() throws ExecutionException, InterruptedException {
        List<NewTopic> wanted = new ArrayList<>();
        wanted.add(
                new NewTopic(
                                Topics.REQUESTS.topic(),
                                Optional.of(Topics.PARTITIONS),
                                Optional.empty())
                        .configs(Topics.REQUESTS.settings()));
        for (FollowedTopic topic : topics.values()) {
            wanted.add(
                    new NewTopic(topic.topic().deadLetterTopic(), Optional.of(1), Optional.empty())
                            .configs(Topics.deadLetterSettings()));
        }
        try (Admin admin = Admin.create(adminSettings)) {
            for (var created : admin.createTopics(wanted).values().values()) {
                try {
                    created.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
            admin.listOffsets(ends(admin, wanted)).all().get();
        }
    }

    private static Map<TopicPartition, OffsetSpec> ends(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new LinkedHashMap<>();
        for (TopicDescription topic :
                admin.describeTopics(topics.stream().map(NewTopic::name).toList())
                        .allTopicNames()
                        .get()
                        .values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                ends.put(
                        new TopicPartition(topic.name(), partition.partition()),
                        OffsetSpec.latest());
            }
        }
        return ends;
    }

    private void follow() {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        consumerSettings, new StringDeserializer(), new ByteArrayDeserializer())) {
            following = consumer;
            long nextCheck = System.nanoTime();
            while (!isClosing()) {
                if (System.nanoTime() - nextCheck >= 0) {
                    boolean complete = assign(consumer);
                    nextCheck = System.nanoTime() + (complete ? RECHECK_NANOS : RETRY_NANOS);
                }
                if (!consumer.assignment().isEmpty()) {
                    read(consumer.poll(POLL));
                } else if (isClosingWithin(POLL)) {
                    return;
                }
            }
        }
    }

    /** Takes on partitions that were not there before; false if a topic is still missing. */
    private boolean assign(KafkaConsumer<String, byte[]> consumer) {
        Set<TopicPartition> all = new LinkedHashSet<>(consumer.assignment());
        List<TopicPartition> fromBeginning = new ArrayList<>();
        List<TopicPartition> fromEnd = new ArrayList<>();
        boolean complete = true;
        for (FollowedTopic topic : topics.values()) {
            List<PartitionInfo> partitions =
                    consumer.partitionsFor(topic.topic().topic(), PATIENCE);
            complete &= !partitions.isEmpty();
            for (PartitionInfo info : partitions) {
                TopicPartition partition = new TopicPartition(info.topic(), info.partition());
                if (all.add(partition)) {
                    (topic.start() == FollowedTopic.Start.END ? fromEnd : fromBeginning)
                            .add(partition);
                }
            }
        }
        consumer.assign(all);
        if (!fromBeginning.isEmpty()) {
            consumer.seekToBeginning(fromBeginning);
        }
        if (!fromEnd.isEmpty()) {
            consumer.seekToEnd(fromEnd);
        }
        return complete;
    }

    private void read(ConsumerRecords<String, byte[]> records) {
        Map<String, ConsumerRecord<String, byte[]>> newest = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (topic(record).start() == FollowedTopic.Start.END && record.key() != null) {
                newest.put(record.key(), record);
            } else {
                read(record);
            }
        }
        newest.values().forEach(this::read);
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.key() == null) {
                throw new IllegalArgumentException("a record without a key");
            }
            topic(record).reader().read(record.key(), record.value());
        } catch (UnreadableMessageException | IllegalArgumentException e) {
            publisher.deadLetter(record, String.valueOf(e.getMessage()));
        }
    }

    private FollowedTopic topic(ConsumerRecord<String, byte[]> record) {
        FollowedTopic topic = topics.get(record.topic());
        if (topic == null) {
            throw new IllegalStateException("a record of " + record.topic());
        }
        return topic;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean isClosingWithin(Duration soon) {
        try {
            return closing.await(soon.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<String, byte[]> consumer = following;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            if (thread.join(LAST_WORDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
