package dev.lowgear.agent.directive;

import dev.lowgear.contract.DirectiveMessage;

/** Where directives go that were read; called by the listener's thread. */
public interface DirectiveSink {
    /** A new gear for one engine. */
    void setGear(DirectiveMessage.SetGear directive);

    /** Back to the default gear for one engine. */
    void release(DirectiveMessage.Release directive);

    /** One engine goes on as told last. */
    void renew(DirectiveMessage.Renewal renewal, long leaseMillis);
}
