package dev.lowgear.scheduler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.control.Event;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.scheduler.Observations;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

class InboxTest {
    private static final FinishedRequest MET = new FinishedRequest("standard", Set.of(), true, .5);

    private final Inbox inbox = new Inbox(2);

    private static Event.ObservationReceived seen(String engine, long sequence) {
        return seen(1, engine, sequence);
    }

    private static Event.ObservationReceived seen(int shard, String engine, long sequence) {
        return new Event.ObservationReceived(
                shard,
                new AgentId("a1"),
                Observations.idle(engine, sequence, sequence, Gear.DEFAULT, MET),
                sequence);
    }

    private List<Event> drained() throws InterruptedException {
        return inbox.drain(Duration.ZERO);
    }

    @Test
    void newestObservationOfAnEngineWinsAndKeepsTheOutcomesOfAll() throws InterruptedException {
        inbox.offer(seen("e1", 1));
        inbox.offer(seen("e2", 1));
        inbox.offer(seen("e1", 2));
        inbox.offer(seen("e1", 3));

        List<Event> drained = drained();
        assertThat(drained).hasSize(2);
        var first = (Event.ObservationReceived) drained.getFirst();
        assertThat(first.observation().sequence()).isEqualTo(3);
        assertThat(first.observation().finished()).hasSize(3);
        assertThat(inbox.conflated()).isEqualTo(2);
        assertThat(drained()).isEmpty();
    }

    @Test
    void observationOfAnotherShardReplacesWhatWaits() throws InterruptedException {
        inbox.offer(seen(1, "e1", 5));
        inbox.offer(seen(2, "e1", 1));
        var only = (Event.ObservationReceived) drained().getFirst();
        assertThat(only.shard()).isEqualTo(2);
        assertThat(only.observation().sequence()).isEqualTo(1);
    }

    @Test
    void enginesBeyondTheBoundAreDroppedAndCounted() throws InterruptedException {
        inbox.offer(seen("e1", 1));
        inbox.offer(seen("e2", 1));
        inbox.offer(seen("e3", 1));
        inbox.offer(seen("e1", 2));
        assertThat(drained()).hasSize(2);
        assertThat(inbox.dropped()).isEqualTo(1);
    }

    @Test
    void factsComeFirstAndInOrder() throws InterruptedException {
        inbox.offer(seen("e1", 1));
        inbox.post(new Event.ShardTaken(1, 10));
        inbox.post(new Event.ShardLost(1));
        assertThat(drained())
                .startsWith(new Event.ShardTaken(1, 10), new Event.ShardLost(1))
                .hasSize(3);
    }
}
