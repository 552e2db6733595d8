package dev.lowgear.gateway.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps access in step with the database, from a thread of its own. While the database does not
 * answer, the keys read last stay good; at a start without it, those remembered on disk.
 */
class KeyRefresh implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRefresh.class);

    private final Supplier<List<KnownKey>> database;
    private final RememberedKeys remembered;
    private final Access access;
    private final Duration every;
    private final CountDownLatch closing = new CountDownLatch(1);
    private List<KnownKey> known;
    private boolean answering = true;

    /**
     * Knows what is remembered.
     *
     * @param database reads every key, or throws if it cannot
     * @param every how often
     */
    KeyRefresh(
            Supplier<List<KnownKey>> database,
            RememberedKeys remembered,
            Access access,
            Duration every) {
        this.database = database;
        this.remembered = remembered;
        this.access = access;
        this.every = every;
        known = remembered.read();
        access.learn(KeyBook.of(known));
    }

    void start() {
        Thread.ofPlatform().name("keys").daemon().start(this::run);
    }

    private void run() {
        try {
            do {
                refresh();
            } while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the keys now, if the database answers. */
    synchronized void refresh() {
        try {
            List<KnownKey> read = database.get();
            if (!read.equals(known)) {
                known = read;
                access.learn(KeyBook.of(read));
                remembered.write(read);
            }
            if (!answering) {
                LOG.info("database answers again keys={}", read.size());
            }
            answering = true;
        } catch (RuntimeException e) { // whatever it is, the keys read last stay good
            if (answering) {
                LOG.warn(
                        "database does not answer, serving with the keys known keys={} reason={}",
                        known.size(),
                        e.toString());
            }
            answering = false;
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
