package dev.lowgear.model.fleet;

import dev.lowgear.contract.AgentInventory;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.contract.UnreadableMessageException;
import dev.lowgear.model.broker.DeadLetter;
import dev.lowgear.model.broker.DeadLetterPublisher;
import dev.lowgear.model.broker.Received;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Hears what agents announce. */
final class InventoryListener {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryListener.class);

    private final Engines engines;
    private final DeadLetterPublisher deadLetters;

    InventoryListener(Engines engines, DeadLetterPublisher deadLetters) {
        this.engines = engines;
        this.deadLetters = deadLetters;
    }

    void receive(List<Received> records) {
        List<DeadLetter> unreadable = new ArrayList<>();
        for (Received record : records) {
            try {
                receive(record);
            } catch (UnreadableMessageException e) {
                LOG.warn("topic={} reason=\"{}\"", Topics.Names.AGENTS, e.getMessage());
                unreadable.add(
                        new DeadLetter(
                                Topics.Names.AGENTS, record, String.valueOf(e.getMessage())));
            }
        }
        deadLetters.publish(unreadable);
    }

    private void receive(Received record) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (value != null) {
            engines.announce(MessageCodec.decode(value, AgentInventory.class));
        } else if (key != null) {
            engines.withdraw(new String(key, StandardCharsets.UTF_8));
        }
    }
}
