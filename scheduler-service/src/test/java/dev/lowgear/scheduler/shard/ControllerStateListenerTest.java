package dev.lowgear.scheduler.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.ControllerStateMessage;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.core.control.Event;
import dev.lowgear.scheduler.loop.DrainedInbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ControllerStateListenerTest {
    private final Shards shards = new Shards();
    private final DrainedInbox inbox = new DrainedInbox();
    private final ControllerStateListener listener =
            new ControllerStateListener(shards, inbox.inbox());

    private void read(long offset, ControllerStateMessage message) {
        listener.receive(
                new ConsumerRecord<>("t", 3, offset, new byte[0], MessageCodec.encode(message)));
    }

    private void readTook(long offset, String scheduler) {
        read(offset, new ControllerStateMessage.Took(1, 3, scheduler));
    }

    @Test
    void shardIsOursWhenOurTookComesBackWithItsOffsetAsEpoch() throws InterruptedException {
        String name = shards.assign(3);
        readTook(41, "somebody-else/7");
        readTook(42, name);
        assertThat(inbox.drained())
                .containsExactly(new Event.ShardLost(3), new Event.ShardTaken(3, 42));
    }

    @Test
    void tookOfAnEarlierAssignmentTakesNothing() throws InterruptedException {
        String before = shards.assign(3);
        shards.revoke(3);
        String now = shards.assign(3);
        readTook(41, before);
        assertThat(inbox.drained()).containsExactly(new Event.ShardLost(3));
        readTook(42, now);
        assertThat(inbox.drained()).containsExactly(new Event.ShardTaken(3, 42));
    }

    @Test
    void zombieNoticesItsSuccessor() throws InterruptedException {
        readTook(42, shards.assign(3));
        readTook(43, "somebody-else/1");
        assertThat(inbox.drained())
                .containsExactly(new Event.ShardTaken(3, 42), new Event.ShardLost(3));
    }
}
