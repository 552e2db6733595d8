package dev.lowgear.launcher.supervision;

import dev.lowgear.infrastructure.process.ChildProcessException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A part without a process, which does what a test says and tells what was done with it. */
final class ScriptedPart implements Part {
    final CountDownLatch prepared = new CountDownLatch(1);
    final AtomicBoolean preparationFails = new AtomicBoolean();
    volatile CountDownLatch mayStart = new CountDownLatch(0);
    final AtomicInteger failuresLeft = new AtomicInteger();
    final BlockingQueue<Life> lives = new LinkedBlockingQueue<>();

    /** Which question of several is answered. */
    int answersEvery = 1;

    private final String name;
    private final List<String> needs;
    private final List<String> journal;
    private final AtomicInteger starts = new AtomicInteger();

    /**
     * A part.
     *
     * @param journal a shared list of what happened, in order
     */
    ScriptedPart(String name, List<String> journal, String... needs) {
        this.name = name;
        this.journal = journal;
        this.needs = List.of(needs);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> needs() {
        return needs;
    }

    @Override
    public void prepare() {
        prepared.countDown();
        if (preparationFails.get()) {
            throw new ChildProcessException(name + " cannot be prepared, as told");
        }
    }

    @Override
    public RunningPart start() {
        try {
            if (!mayStart.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " was never allowed to start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildProcessException(name + " was interrupted", e);
        }
        if (failuresLeft.getAndDecrement() > 0) {
            throw new ChildProcessException(name + " failed as told");
        }
        journal.add("start " + name);
        var life = new Life(starts.incrementAndGet());
        lives.add(life);
        return life;
    }

    /** One run of the part. */
    final class Life implements RunningPart {
        final CompletableFuture<Integer> end = new CompletableFuture<>();
        final AtomicBoolean frozen = new AtomicBoolean();
        final AtomicInteger questions = new AtomicInteger();
        final Semaphore answered = new Semaphore(0);

        private final int number;

        Life(int number) {
            this.number = number;
        }

        @Override
        public long pid() {
            return number;
        }

        @Override
        public CompletableFuture<Integer> onExit() {
            return end;
        }

        @Override
        public boolean answers() {
            boolean answer = !frozen.get() && (questions.incrementAndGet() % answersEvery == 0);
            if (answer) {
                answered.release();
            }
            return answer;
        }

        @Override
        public Duration patience() {
            return Duration.ofMillis(80);
        }

        @Override
        public void stop() {
            journal.add("stop " + name);
            end.complete(0);
        }

        @Override
        public void kill() {
            journal.add("kill " + name);
            end.complete(137);
        }
    }
}
