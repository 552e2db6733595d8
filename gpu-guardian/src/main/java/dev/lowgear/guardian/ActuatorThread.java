package dev.lowgear.guardian;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one thread that touches clocks. It comes round at least ten times a second, also when nobody
 * asks anything; its beat, taken every time, ages only while a driver call hangs.
 */
final class ActuatorThread implements Runnable {
    private static final long LONGEST_WAIT_NANOS = 100_000_000;

    private final ClockKeeper keeper;
    private final @Nullable Path releaseFile;
    private final Runnable onBeat;
    private final BlockingQueue<Order> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile long beatNanos = System.nanoTime();
    private volatile KeeperCounts counts = KeeperCounts.NONE;
    private volatile @Nullable Duration grace;

    /**
     * @param releaseFile an operator's release, or null if there is none
     * @param onBeat called every time round
     * @param onCrash called if the thread dies of a defect
     */
    ActuatorThread(
            ClockKeeper keeper,
            @Nullable Path releaseFile,
            Runnable onBeat,
            Consumer<Throwable> onCrash) {
        this.keeper = keeper;
        this.releaseFile = releaseFile;
        this.onBeat = onBeat;
        this.thread =
                Thread.ofPlatform()
                        .name("actuator")
                        .daemon()
                        .uncaughtExceptionHandler((thread, cause) -> onCrash.accept(cause))
                        .unstarted(this);
    }

    void start() {
        thread.start();
    }

    void submit(Order order) {
        inbox.add(order);
    }

    KeeperCounts counts() {
        return counts;
    }

    long beatAgeNanos() {
        return System.nanoTime() - beatNanos;
    }

    /**
     * Resets every GPU and ends.
     *
     * @param patience how long to go on trying where a reset fails
     */
    void stop(Duration patience) throws InterruptedException {
        grace = patience;
        // A second more for the call that may be under way.
        thread.join(patience.plusSeconds(1));
    }

    @Override
    public void run() {
        try {
            // What an earlier guardian left locked comes before anything anybody asks.
            long due = keeper.work(System.nanoTime());
            while (due == 0) {
                due = keeper.work(System.nanoTime());
            }
            for (Duration patience = grace; ; patience = grace) {
                if (patience != null) {
                    giveEverythingBack(patience);
                    return;
                }
                due = turn(Math.min(due, LONGEST_WAIT_NANOS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long turn(long waitNanos) throws InterruptedException {
        Order order = inbox.poll(waitNanos, TimeUnit.NANOSECONDS);
        for (; order != null; order = inbox.poll()) {
            keeper.accept(order);
        }
        if (releaseFile != null) {
            keeper.releaseAsked(ReleaseOrder.read(releaseFile));
        }
        long due = keeper.work(System.nanoTime());
        counts = keeper.counts();
        beatNanos = System.nanoTime();
        onBeat.run();
        return due;
    }

    private void giveEverythingBack(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        keeper.stop();
        long due = 0;
        while (!keeper.isEverythingReset() && System.nanoTime() - deadline < 0) {
            due = turn(Math.min(due, LONGEST_WAIT_NANOS));
        }
        for (Order order = inbox.poll(); order != null; order = inbox.poll()) {
            order.answer().accept(ClockKeeper.STOPPING);
        }
    }
}
