package dev.lowgear.agent.directive;

import dev.lowgear.agent.AgentProperties;
import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.contract.UnreadableMessageException;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Reads the one partition this agent announced, from its end: no consumer group, no rebalance on
 * the way of a directive. What was said before the agent listened has no lease left, so nothing is
 * lost by starting at the end.
 */
@Component
class DirectiveListener implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DirectiveListener.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final List<Topics> OURS =
            List.of(
                    Topics.ITERATIONS,
                    Topics.POWER_WINDOWS,
                    Topics.REQUESTS,
                    Topics.PROJECTIONS,
                    Topics.DIRECTIVES,
                    Topics.AGENTS);

    private final KafkaProperties kafka;
    private final DirectivesPartition partition;
    private final String agentId;
    private final DirectiveSink sink;
    private final DeadLetterPublisher deadLetters;
    private final Counter received;
    private final Thread thread;
    private volatile boolean running;

    DirectiveListener(
            KafkaProperties kafka,
            AgentProperties properties,
            DirectivesPartition partition,
            DirectiveSink sink,
            DeadLetterPublisher deadLetters,
            MeterRegistry meters) {
        this.kafka = kafka;
        this.partition = partition;
        agentId = properties.id();
        this.sink = sink;
        this.deadLetters = deadLetters;
        received = meters.counter("lowgear.directives.received");
        thread = Thread.ofPlatform().name("directives").daemon().unstarted(this::run);
    }

    @Override
    public void start() {
        running = true;
        thread.start();
    }

    private void run() {
        try {
            createTopics();
            listen();
        } catch (InterruptedException | InterruptException | WakeupException e) {
            LOG.debug("directive listener stops", e);
        }
    }

    /** The broker may come up after the agent; until then engines run in the default gear. */
    private void createTopics() throws InterruptedException {
        Map<String, Object> settings = kafka.buildAdminProperties();
        while (running) {
            try (Admin admin = Admin.create(settings)) {
                List<NewTopic> topics = new ArrayList<>();
                for (Topics topic : OURS) {
                    topics.add(
                            new NewTopic(
                                            topic.topic(),
                                            Optional.of(Topics.PARTITIONS),
                                            Optional.empty())
                                    .configs(topic.settings()));
                    topics.add(
                            new NewTopic(topic.deadLetterTopic(), Optional.of(1), Optional.empty())
                                    .configs(Topics.deadLetterSettings()));
                }
                for (var created : admin.createTopics(topics).values().values()) {
                    try {
                        created.get();
                    } catch (ExecutionException e) {
                        if (!(e.getCause() instanceof TopicExistsException)) {
                            throw e;
                        }
                    }
                }
                return;
            } catch (ExecutionException e) {
                LOG.warn("topics not created yet: {}", e.toString());
                thread.join(RETRY); // never ends by itself: a bounded wait that an interrupt ends
            }
        }
    }

    private void listen() {
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.put("client.id", agentId + "-directives");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "latest");
        settings.put("fetch.max.wait.ms", 100);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition own = new TopicPartition(Topics.DIRECTIVES.topic(), partition.number());
            consumer.assign(List.of(own));
            consumer.seekToEnd(List.of(own));
            while (running) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    receive(record);
                }
            }
        }
    }

    private void receive(ConsumerRecord<String, byte[]> record) {
        received.increment();
        try {
            switch (MessageCodec.decode(record.value(), DirectiveMessage.class)) {
                case DirectiveMessage.SetGear gear -> sink.setGear(gear);
                case DirectiveMessage.Release release -> sink.release(release);
                case DirectiveMessage.Renewals renewals -> {
                    if (renewals.agentId().equals(agentId)) {
                        renewals.engines()
                                .forEach(renewal -> sink.renew(renewal, renewals.leaseMillis()));
                    }
                }
            }
        } catch (UnreadableMessageException e) {
            deadLetters.send(record, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
