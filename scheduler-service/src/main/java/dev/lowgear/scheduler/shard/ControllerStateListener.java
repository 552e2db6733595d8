package dev.lowgear.scheduler.shard;

import dev.lowgear.contract.ControllerStateMessage;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.core.control.Event;
import dev.lowgear.scheduler.loop.Inbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what schedulers leave for each other. When our own {@code Took} record comes back, all that
 * earlier owners left of the shard has been read, since a shard's records share a partition; and
 * the record's offset is the epoch in which we own it. Somebody else's {@code Took} of a shard that
 * we believe to hold means that we are the zombie.
 */
final class ControllerStateListener {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerStateListener.class);

    private final Shards shards;
    private final Inbox inbox;

    ControllerStateListener(Shards shards, Inbox inbox) {
        this.shards = shards;
        this.inbox = inbox;
    }

    void receive(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        switch (MessageCodec.decode(record.value(), ControllerStateMessage.class)) {
            case ControllerStateMessage.Took took -> taken(took, record.offset());
            case ControllerStateMessage.EngineState state -> inbox.post(state.toCore());
        }
    }

    private void taken(ControllerStateMessage.Took took, long offset) {
        if (shards.isHeld(took.shard(), took.schedulerId())) {
            inbox.post(new Event.ShardTaken(took.shard(), offset));
            LOG.info("shard={} epoch={}", took.shard(), offset);
        } else {
            inbox.post(new Event.ShardLost(took.shard()));
        }
    }
}
