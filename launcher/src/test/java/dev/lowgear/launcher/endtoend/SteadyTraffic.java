package dev.lowgear.launcher.endtoend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Clients that come at a steady rate, whatever happens to those before them, and an account of how
 * each request ended.
 */
final class SteadyTraffic {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

    private final StreamingClient client;
    private final List<Request> requests = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread arrivals;

    /** One request; without an ending while it is under way. */
    private static final class Request {
        final long startNanos = System.nanoTime();
        volatile Ending ending = Ending.HUNG;
        volatile long endNanos;
        volatile boolean ended;

        boolean livedIn(long fromNanos, long toNanos) {
            return startNanos - toNanos < 0 && !(ended && endNanos - fromNanos < 0);
        }
    }

    SteadyTraffic(StreamingClient client) {
        this.client = client;
        arrivals = Thread.ofPlatform().name("arrivals").daemon().start(this::arrive);
    }

    private void arrive() {
        try {
            while (!over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                var request = new Request();
                synchronized (requests) {
                    requests.add(request);
                }
                Thread.ofVirtual()
                        .start(() -> {
                            request.ending = client.ask();
                            request.endNanos = System.nanoTime();
                            request.ended = true;
                        });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Request> since(long startNanos) {
        synchronized (requests) {
            return requests.stream()
                    .filter(request -> request.startNanos - startNanos >= 0)
                    .toList();
        }
    }

    /** Waits until a request that came after {@code sinceNanos} completed; when that came. */
    long awaitCompleted(long sinceNanos) {
        var found = new long[1];
        RunningSystem.await(
                "a completed request",
                SETTLED_WITHIN,
                () -> {
                    var first =
                            since(sinceNanos).stream()
                                    .filter(each -> each.ended)
                                    .filter(each -> each.ending == Ending.COMPLETED)
                                    .findFirst();
                    first.ifPresent(request -> found[0] = request.startNanos);
                    return first.isPresent();
                });
        return found[0];
    }

    /**
     * How the requests ended that were under way at one moment or came between it and another;
     * waits until each of them has.
     */
    Map<Ending, Integer> endingsBetween(long fromNanos, long toNanos) {
        List<Request> concerned;
        synchronized (requests) {
            concerned =
                    requests.stream()
                            .filter(request -> request.livedIn(fromNanos, toNanos))
                            .toList();
        }
        RunningSystem.await(
                "an end of every request",
                SETTLED_WITHIN,
                () -> concerned.stream().allMatch(request -> request.ended));
        Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
        concerned.forEach(request -> endings.merge(request.ending, 1, Integer::sum));
        return endings;
    }

    /** Nobody comes any more. */
    void end() throws InterruptedException {
        over.countDown();
        arrivals.join();
    }
}
