package dev.lowgear.agent.listening;

import dev.lowgear.contract.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Creates the topics this agent writes or reads and waits until their partitions have leaders, on a
 * thread of its own: the broker may come up after the agent, and until then engines run in the
 * default gear.
 */
public final class TopicCreator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final List<Topics> OURS =
            List.of(
                    Topics.ITERATIONS,
                    Topics.POWER_WINDOWS,
                    Topics.REQUESTS,
                    Topics.PROJECTIONS,
                    Topics.DIRECTIVES,
                    Topics.AGENTS,
                    Topics.PERFORMANCE_TABLES);

    private final Map<String, Object> settings;
    private final Thread thread;
    private final CountDownLatch led = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Starts creating.
     *
     * @param settings connection settings of an administration client
     */
    public TopicCreator(Map<String, Object> settings) {
        this.settings = settings;
        thread = Thread.ofPlatform().name("create-topics").daemon().unstarted(this::run);
        thread.start();
    }

    /** Waits until every topic can be written: its partitions' leaders have answered. */
    public void awaitLeaders() throws InterruptedException {
        led.await();
    }

    private void run() {
        try {
            while (!created()) {
                if (closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            led.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean created() throws InterruptedException {
        try (Admin admin = Admin.create(settings)) {
            for (var created : admin.createTopics(topics()).values().values()) {
                try {
                    created.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
            // Metadata name a leader before it takes records; that it tells its end proves it does.
            admin.listOffsets(ends(admin)).all().get();
            return true;
        } catch (ExecutionException | KafkaException e) {
            LOG.warn("topics not created yet: {}", e.toString());
            return false;
        }
    }

    private static List<NewTopic> topics() {
        List<NewTopic> topics = new ArrayList<>();
        for (Topics topic : OURS) {
            topics.add(
                    new NewTopic(topic.topic(), Optional.of(Topics.PARTITIONS), Optional.empty())
                            .configs(topic.settings()));
            topics.add(
                    new NewTopic(topic.deadLetterTopic(), Optional.of(1), Optional.empty())
                            .configs(Topics.deadLetterSettings()));
        }
        return topics;
    }

    private static Map<TopicPartition, OffsetSpec> ends(Admin admin)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (var topic :
                admin.describeTopics(OURS.stream().map(Topics::topic).toList())
                        .allTopicNames()
                        .get()
                        .values()) {
            for (var partition : topic.partitions()) {
                ends.put(
                        new TopicPartition(topic.name(), partition.partition()),
                        OffsetSpec.latest());
            }
        }
        return ends;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
