package dev.lowgear.launcher.supervision;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.launcher.aot.AotUse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Keeps the parts running: starts each when those it needs are ready, starts it again when it ends
 * or no longer answers, and ends all of them, those that need others first.
 *
 * <p>One platform thread per part owns that part. What they share is the table of states, guarded
 * by this object's monitor, and the latches that tell that a part was ready once.
 */
public final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /** How often a part is asked while its patience lasts. */
    private static final int CHECKS_PER_PATIENCE = 8;

    /**
     * Answers missed in a row before a part is killed, however long that took: when the whole
     * machine was paused, only one was.
     */
    private static final int LEAST_MISSES = 3;

    private final List<Part> parts;
    private final Path stateFile;
    private final InstantSource time;
    private final Instant startedAt;
    private final Map<String, PartState> states = new LinkedHashMap<>();
    private final Map<String, CountDownLatch> readyOnce = new LinkedHashMap<>();
    private final Map<String, CountDownLatch> ended = new LinkedHashMap<>();
    private final Map<String, Thread> keepers = new LinkedHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * Supervises parts.
     *
     * @param parts each after those that it needs
     * @param stateFile where to write what runs, for others to read
     * @param time the wall clock, for people
     */
    public Supervisor(List<? extends Part> parts, Path stateFile, InstantSource time) {
        this.parts = List.copyOf(parts);
        this.stateFile = stateFile;
        this.time = time;
        startedAt = time.instant();
        for (var part : this.parts) {
            for (var need : part.needs()) {
                if (!states.containsKey(need)) {
                    throw new IllegalArgumentException(
                            part.name() + " needs " + need + ", which does not precede it");
                }
            }
            states.put(part.name(), PartState.waiting(part.name(), startedAt));
            readyOnce.put(part.name(), new CountDownLatch(1));
            ended.put(part.name(), new CountDownLatch(1));
        }
    }

    /** Starts everything; returns at once. */
    public synchronized void start() {
        write();
        for (var part : parts) {
            keepers.put(
                    part.name(),
                    Thread.ofPlatform().name("keep-" + part.name()).start(() -> keep(part)));
        }
    }

    /** Ends everything, those that need others first; returns when nothing runs any more. */
    public void stop() {
        stopping.countDown();
        var remaining = new ArrayList<>(parts);
        while (!remaining.isEmpty()) {
            var tier = remaining.stream().filter(part -> isNeededByNone(part, remaining)).toList();
            tier.forEach(part -> keeperOf(part).interrupt());
            for (var part : tier) {
                await(latch(ended, part.name()));
            }
            remaining.removeAll(tier);
        }
    }

    private synchronized Thread keeperOf(Part part) {
        var keeper = keepers.get(part.name());
        if (keeper == null) {
            throw new IllegalStateException("not started");
        }
        return keeper;
    }

    private static boolean isNeededByNone(Part part, List<Part> parts) {
        return parts.stream().noneMatch(other -> other.needs().contains(part.name()));
    }

    private void keep(Part part) {
        var backOff = new BackOff();
        try {
            var before = prepare(part);
            var wait = Duration.ZERO;
            while (!stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                wait = backOff.after(runOnce(part, before));
                before = PartStart.NONE;
            }
            update(part, state -> state.stopped(time.instant()));
        } catch (InterruptedException e) {
            update(part, state -> state.stopped(time.instant()));
        } catch (RuntimeException e) {
            LOG.error("part={} is given up", part.name(), e);
            update(part, state -> state.givenUp(String.valueOf(e), time.instant()));
        } finally {
            latch(ended, part.name()).countDown();
        }
    }

    /** Does what can be done, then waits for the parts that it needs; says how long that took. */
    private PartStart prepare(Part part) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            part.prepare();
        } catch (ChildProcessException e) {
            LOG.warn("part={} could not be prepared: {}", part.name(), e.getMessage());
        }
        long prepared = System.nanoTime();
        for (var need : part.needs()) {
            latch(readyOnce, need).await();
        }
        return new PartStart(
                AotUse.NONE, millis(prepared - begun), millis(System.nanoTime() - prepared), 0);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Runs a part until it ends; returns how long it was ready. */
    private Duration runOnce(Part part, PartStart before) throws InterruptedException {
        update(part, state -> state.starting(time.instant()));
        long begun = System.nanoTime();
        RunningPart running;
        try {
            running = part.start();
        } catch (ChildProcessException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("told to end while " + part.name() + " started");
            }
            var reason = String.valueOf(e.getMessage());
            LOG.error("part={} did not become ready: {}", part.name(), reason);
            update(part, state -> state.notReady(reason, time.instant()));
            return Duration.ZERO;
        }
        long readyAt = System.nanoTime();
        var how =
                new PartStart(
                        running.aot(),
                        before.prepareMillis(),
                        before.waitMillis(),
                        millis(readyAt - begun));
        LOG.info(
                "part={} pid={} ready after {} ms, aot={}",
                part.name(),
                running.pid(),
                how.startMillis(),
                how.aot().kind());
        update(part, state -> state.ready(running.pid(), how, time.instant()));
        latch(readyOnce, part.name()).countDown();
        var reason = watch(part, running);
        LOG.warn("part={} {}; starting it again", part.name(), reason);
        update(part, state -> state.ended(reason, time.instant()));
        return Duration.ofNanos(System.nanoTime() - readyAt);
    }

    /** Waits until a part ends, making it end when it no longer answers; says why it did. */
    private static String watch(Part part, RunningPart running) throws InterruptedException {
        var patience = running.patience();
        long everyNanos = patience.dividedBy(CHECKS_PER_PATIENCE).toNanos();
        long answeredAt = System.nanoTime();
        int misses = 0;
        try {
            while (true) {
                try {
                    int status = running.onExit().get(everyNanos, TimeUnit.NANOSECONDS);
                    return "ended with status " + status;
                } catch (TimeoutException e) {
                    if (running.answers()) {
                        answeredAt = System.nanoTime();
                        misses = 0;
                    } else {
                        misses++;
                    }
                }
                var silence = Duration.ofNanos(System.nanoTime() - answeredAt);
                if (misses >= LEAST_MISSES && silence.compareTo(patience) >= 0) {
                    running.kill();
                    return "did not answer for %d ms and was killed".formatted(silence.toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.info("part={} pid={} is stopped", part.name(), running.pid());
            running.stop();
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not wait for " + part.name(), e.getCause());
        }
    }

    private synchronized void update(Part part, UnaryOperator<PartState> change) {
        states.computeIfPresent(part.name(), (name, state) -> change.apply(state));
        write();
    }

    private void write() {
        new SystemState(ProcessHandle.current().pid(), startedAt, List.copyOf(states.values()))
                .write(stateFile);
    }

    private static CountDownLatch latch(Map<String, CountDownLatch> latches, String part) {
        var latch = latches.get(part);
        if (latch == null) {
            throw new IllegalStateException("no part " + part);
        }
        return latch;
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
