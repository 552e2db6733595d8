package dev.lowgear.scheduler.fleet;

import dev.lowgear.contract.AgentInventory;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.core.control.Event;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.scheduler.broker.BoundRecord;
import dev.lowgear.scheduler.loop.Inbox;

/** Hears what agents announce: their engines, and where they listen. */
final class InventoryListener {
    private final AgentDirectory directory;
    private final Inbox inbox;

    InventoryListener(AgentDirectory directory, Inbox inbox) {
        this.directory = directory;
        this.inbox = inbox;
    }

    void receive(BoundRecord record) {
        byte[] value = record.value();
        if (value == null) {
            var agent = new AgentId(record.keyText());
            directory.withdraw(agent);
            inbox.post(new Event.AgentLost(agent));
            return;
        }
        AgentInventory inventory = MessageCodec.decode(value, AgentInventory.class);
        var agent = new AgentId(inventory.agentId());
        var seen = new Event.AgentSeen(agent, inventory.toCore());
        directory.announce(agent, inventory.directivesPartition());
        inbox.post(seen);
    }
}
