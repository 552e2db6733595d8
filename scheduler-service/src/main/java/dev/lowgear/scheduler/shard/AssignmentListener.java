package dev.lowgear.scheduler.shard;

import dev.lowgear.core.control.Event;
import dev.lowgear.scheduler.loop.Inbox;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

import java.util.Collection;

/**
 * Hears which shards are assigned. What was projected before is history: it starts at the end. A
 * shard is ours once its {@code Took} record has come back (see {@link ControllerStateListener});
 * asking for that does not hold up the poll.
 */
final class AssignmentListener implements ConsumerAwareRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(AssignmentListener.class);

    private final Shards shards;
    private final ControllerStatePublisher states;
    private final Inbox inbox;

    AssignmentListener(Shards shards, ControllerStatePublisher states, Inbox inbox) {
        this.shards = shards;
        this.states = states;
        this.inbox = inbox;
    }

    @Override
    public void onPartitionsAssigned(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        consumer.seekToEnd(partitions);
        for (TopicPartition partition : partitions) {
            states.took(partition.partition(), shards.assign(partition.partition()));
        }
        LOG.info("shards-assigned={}", partitions);
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        giveUp(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        giveUp(partitions);
    }

    private void giveUp(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            shards.revoke(partition.partition());
            inbox.post(new Event.ShardLost(partition.partition()));
        }
        if (!partitions.isEmpty()) {
            LOG.info("shards-lost={}", partitions);
        }
    }
}
