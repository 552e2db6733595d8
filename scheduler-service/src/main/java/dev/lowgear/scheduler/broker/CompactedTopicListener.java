package dev.lowgear.scheduler.broker;

import dev.lowgear.contract.Topics;

import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;

import java.util.function.Consumer;

/**
 * Reads a compacted topic whole, from its beginning, and then what is added: no group, no committed
 * offset, every instance sees every record. Unreadable records go to the dead-letter topic.
 */
public final class CompactedTopicListener implements SmartLifecycle {
    private final Topics topic;
    private final ConsumerFactory<byte[], byte[]> consumers;
    private final KafkaAdmin admin;
    private final DeadLetterPublisher deadLetters;
    private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
    private KafkaMessageListenerContainer<byte[], byte[]> container;

    /**
     * A listener that {@link BrokerStart} starts.
     *
     * @param reader takes one record; throws on one that it cannot read
     */
    public CompactedTopicListener(
            Topics topic,
            ConsumerFactory<byte[], byte[]> consumers,
            KafkaAdmin admin,
            DeadLetterPublisher deadLetters,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        this.topic = topic;
        this.consumers = consumers;
        this.admin = admin;
        this.deadLetters = deadLetters;
        this.reader = reader;
        this.container = over(new TopicPartitionOffset(topic.topic(), 0, SeekPosition.BEGINNING));
    }

    /** The topic must be there before it can be read. */
    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        TopicDescription description = admin.describeTopics(topic.topic()).get(topic.topic());
        if (description == null) {
            throw new IllegalStateException("there is no topic " + topic.topic());
        }
        container =
                over(
                        description.partitions().stream()
                                .map(partition ->
                                        new TopicPartitionOffset(
                                                topic.topic(),
                                                partition.partition(),
                                                SeekPosition.BEGINNING))
                                .toArray(TopicPartitionOffset[]::new));
        container.start();
    }

    private KafkaMessageListenerContainer<byte[], byte[]> over(TopicPartitionOffset... partitions) {
        var properties = new ContainerProperties(partitions);
        properties.setMessageListener((MessageListener<byte[], byte[]>) this::read);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setPollTimeout(200);
        properties.setListenerTaskExecutor(new SimpleAsyncTaskExecutor(topic.topic() + "-"));
        var made = new KafkaMessageListenerContainer<byte[], byte[]>(consumers, properties);
        made.setBeanName(topic.topic());
        return made;
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            reader.accept(record);
        } catch (RuntimeException e) {
            deadLetters.publish(
                    new UnreadableRecord(
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            record.key(),
                            record.value(),
                            e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }
}
