package dev.lowgear.core.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class PoolQueueTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Duration AGEING = Duration.ofSeconds(10);

    private final PoolQueue queue = new PoolQueue(4, AGEING);

    @Test
    void servesPriorityBeforeDeadline() {
        offer(waiting("urgent", 0, 0, 5), 0);
        offer(waiting("important", 1, 0, 60), 0);
        assertThat(served(0)).containsExactly("important", "urgent");
    }

    @Test
    void servesTheEarliestDeadlineAmongEquals() {
        offer(waiting("later", 0, 0, 30), 0);
        offer(waiting("never", 0, 0, Long.MAX_VALUE / SECOND), 0);
        offer(waiting("sooner", 0, 1, 20), 1);
        assertThat(served(1)).containsExactly("sooner", "later", "never");
    }

    @Test
    void letsThoseInTimeGoBeforeTheLate() {
        offer(waiting("late", 0, 0, 3), 0);
        offer(waiting("in time", 0, 4, 60), 4);
        assertThat(served(4)).containsExactly("in time", "late");
    }

    @Test
    void raisesWhoWaitsLong() {
        offer(waiting("patient", 0, 0, 100), 0);
        offer(waiting("important", 2, 25, 26), 25);
        assertThat(queue.head(25 * SECOND))
                .hasValueSatisfying(head -> assertThat(head.requestId()).isEqualTo("important"));
        assertThat(queue.head(30 * SECOND))
                .hasValueSatisfying(head -> assertThat(head.requestId()).isEqualTo("patient"));
    }

    @Test
    void givesUpTheLastSheddablePlaceForWhoeverGoesBeforeIt() {
        WaitingRequest cheap = sheddable("cheap", 0, 40);
        WaitingRequest cheaper = sheddable("cheaper", -1, 40);
        offer(cheap, 0);
        offer(cheaper, 0);
        offer(waiting("a", -5, 0, 30), 0);
        offer(waiting("b", -5, 0, 30), 0);
        assertThat(queue.offer(waiting("c", 0, 0, 30), 0))
                .isEqualTo(new PoolQueue.Offer.Displaced(cheaper));
        assertThat(queue.offer(waiting("d", -2, 0, 30), 0))
                .isEqualTo(new PoolQueue.Offer.Refused());
        assertThat(queue.size()).isEqualTo(4);
    }

    @Test
    void takesBackWhoHadAPlace() {
        for (String id : List.of("a", "b", "c", "d")) {
            offer(waiting(id, 0, 0, 30), 0);
        }
        WaitingRequest gone = queue.head(0).orElseThrow();
        assertThat(queue.remove(gone)).isTrue();
        assertThat(queue.remove(gone)).isFalse();
        offer(waiting("e", 0, 1, 30), 0);
        queue.putBack(gone);
        assertThat(queue.size()).isEqualTo(5);
        assertThat(queue.head(0)).contains(gone);
    }

    @Seeds
    void servesEveryoneOnceAndNobodyStarves(SplittableRandom random) {
        PoolQueue busy = new PoolQueue(10_000, AGEING);
        List<WaitingRequest> out = new ArrayList<>();
        int arrivals = random.nextInt(50, 400);
        long now = 0;
        for (int i = 0; i < arrivals; i++) {
            now += random.nextLong(SECOND);
            busy.offer(
                    new WaitingRequest(
                            "r" + i,
                            random.nextInt(-3, 4),
                            now,
                            now + random.nextLong(1, 60) * SECOND,
                            random.nextBoolean()),
                    now);
            if (random.nextInt(10) < 7) {
                serve(busy, now, out);
            }
        }
        while (busy.size() > 0) {
            serve(busy, now += random.nextLong(SECOND), out);
        }
        assertThat(out).hasSize(arrivals).doesNotHaveDuplicates();
        for (int i = 0; i < out.size(); i++) {
            for (int j = i + 1; j < out.size(); j++) {
                WaitingRequest before = out.get(i);
                WaitingRequest after = out.get(j);
                long ahead = before.arrivalNanos() - after.arrivalNanos();
                long mayOvertake = (before.priority() - after.priority() + 1L) * AGEING.toNanos();
                assertThat(ahead)
                        .describedAs("%s before %s", before, after)
                        .isLessThanOrEqualTo(Math.max(0, mayOvertake));
            }
        }
    }

    private static void serve(PoolQueue queue, long now, List<WaitingRequest> out) {
        WaitingRequest head = queue.head(now).orElseThrow();
        assertThat(queue.remove(head)).isTrue();
        out.add(head);
    }

    private List<String> served(long seconds) {
        List<WaitingRequest> out = new ArrayList<>();
        while (queue.size() > 0) {
            serve(queue, seconds * SECOND, out);
        }
        return out.stream().map(WaitingRequest::requestId).toList();
    }

    private void offer(WaitingRequest request, long seconds) {
        assertThat(queue.offer(request, seconds * SECOND)).isEqualTo(new PoolQueue.Offer.Queued());
    }

    private static WaitingRequest waiting(String id, int priority, long arrival, long deadline) {
        return new WaitingRequest(id, priority, arrival * SECOND, deadline * SECOND, false);
    }

    private static WaitingRequest sheddable(String id, int priority, long deadline) {
        return new WaitingRequest(id, priority, 0, deadline * SECOND, true);
    }
}
