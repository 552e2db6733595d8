package dev.lowgear.scheduler.loop;

import dev.lowgear.core.control.Event;

import java.time.Duration;
import java.util.List;

/** An inbox that a test of another package looks into. */
public final class DrainedInbox {
    private final Inbox inbox = new Inbox(1_000);

    /** The inbox itself. */
    public Inbox inbox() {
        return inbox;
    }

    /** What was left in it since the last time. */
    public List<Event> drained() throws InterruptedException {
        return inbox.drain(Duration.ZERO);
    }
}
