package dev.lowgear.scheduler.slo;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.SloPolicyMessage;
import dev.lowgear.core.control.Event;
import dev.lowgear.core.slo.PolicyRevision;
import dev.lowgear.core.slo.PolicySet;
import dev.lowgear.scheduler.broker.BoundRecord;
import dev.lowgear.scheduler.loop.Inbox;

/**
 * Hears of policies from the topic, never from the database: so every scheduler hears of every
 * change, whoever made it, and the loop runs while the database is away.
 */
final class SloPolicyListener {
    private final Inbox inbox;
    private PolicySet policies = PolicySet.BUILT_IN;

    SloPolicyListener(Inbox inbox) {
        this.inbox = inbox;
    }

    synchronized void receive(BoundRecord record) {
        byte[] value = record.value();
        if (value == null) {
            policies = policies.without(record.keyText());
        } else {
            SloPolicyMessage message = MessageCodec.decode(value, SloPolicyMessage.class);
            policies = policies.with(new PolicyRevision(message.toCore(), message.revision()));
        }
        inbox.post(new Event.PoliciesChanged(policies));
    }
}
