package dev.lowgear.launcher.soak;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Open-loop arrivals: calm, silence and bursts in turn, from clients whose connections come and go.
 */
final class SoakTraffic implements AutoCloseable {
    private static final Duration CONNECTIONS_KEPT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);
    private static final int MOST_AT_ONCE = 300;

    private final SoakClient client;
    private final SoakTally tally;
    private final List<String> models;
    private final List<String> classes;
    private final double rate;
    private final RandomGenerator random;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);

    /**
     * Prepares traffic.
     *
     * @param rate requests per second in a calm time
     * @param random owned by the thread that runs it
     */
    SoakTraffic(
            SoakClient client,
            SoakTally tally,
            List<String> models,
            List<String> classes,
            double rate,
            RandomGenerator random) {
        this.client = client;
        this.tally = tally;
        this.models = List.copyOf(models);
        this.classes = List.copyOf(classes);
        this.rate = rate;
        this.random = random;
    }

    /** Sends requests until the time is over, or the thread is interrupted. */
    void run(Duration length) {
        long begun = System.nanoTime();
        long end = begun + length.toNanos();
        var http = newClient();
        long clientUntil = begun + CONNECTIONS_KEPT.toNanos();
        for (long now = begun; now < end && !Thread.interrupted(); now = System.nanoTime()) {
            if (now > clientUntil) {
                // The old one closes its connections when its last request has ended.
                http = newClient();
                clientUntil = now + CONNECTIONS_KEPT.toNanos();
            }
            double perSecond = rate * factor((now - begun) / 1e9);
            double wait = perSecond == 0 ? 1 : -Math.log1p(-random.nextDouble()) / perSecond;
            if (wait * 1e9 > LONGEST_WAIT.toNanos()) {
                // The rate may change meanwhile; arrivals of a Poisson process may be redrawn.
                LockSupport.parkNanos(LONGEST_WAIT.toNanos());
                continue;
            }
            LockSupport.parkNanos((long) (wait * 1e9));
            send(http);
        }
    }

    /** Ten seconds of silence every two minutes, six of five times the rate every 45. */
    static double factor(double second) {
        if (second % 120 < 10) {
            return 0;
        }
        return second % 45 < 6 ? 5 : 1;
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private void send(HttpClient http) {
        if (!atOnce.tryAcquire()) {
            return; // this bench is not about more than that
        }
        var request = SoakRequest.draw(random, models, classes);
        tally.sent();
        try {
            senders.execute(() -> {
                try {
                    client.send(http, request);
                } catch (InterruptedException e) {
                    tally.wrong(request.kind() + ": not answered before the end");
                } finally {
                    atOnce.release();
                }
            });
        } catch (RejectedExecutionException e) {
            atOnce.release();
            tally.wrong("could not be sent: " + e);
        }
    }

    /** Waits until every request has ended, and gives up those that do not. */
    @Override
    public void close() {
        senders.shutdown();
        try {
            if (!senders.awaitTermination(2, TimeUnit.MINUTES)) {
                senders.shutdownNow();
            }
        } catch (InterruptedException e) {
            senders.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
