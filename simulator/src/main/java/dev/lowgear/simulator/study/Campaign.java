package dev.lowgear.simulator.study;

import dev.lowgear.simulator.study.StudyPlan.Trial;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A study that can be interrupted at any time and goes on where it was: every finished run is a
 * line in {@code runs.jsonl}, every saturation one in {@code saturations.jsonl}. Several trials run
 * at a time; what a run comes to depends on nothing but itself.
 */
public final class Campaign implements Closeable {
    /** Told how far a campaign is. */
    @FunctionalInterface
    public interface Progress {
        /** So many of all trials are done; {@code runs} were made in this session. */
        void done(int trials, int all, int runs);
    }

    private static final String RUNS = "runs.jsonl";
    private static final String SATURATIONS = "saturations.jsonl";

    private final StudyPlan plan;
    private final JsonLines<StudyRun> file;
    private final Saturations saturations;
    private final Map<String, StudyRun> known = new ConcurrentHashMap<>();
    private final RunKeys keys;
    private final TrialRunner runner;
    private final AtomicInteger made = new AtomicInteger();

    private Campaign(
            StudyPlan plan,
            Map<String, Workload> workloads,
            JsonLines<StudyRun> file,
            Saturations saturations) {
        this.plan = plan;
        this.file = file;
        this.saturations = saturations;
        file.found().forEach(run -> known.put(run.key(), run));
        var laboratory = new Laboratory();
        keys = new RunKeys(laboratory, plan, workloads);
        runner = new TrialRunner(plan, workloads, saturations, laboratory, keys, new InFile());
    }

    /**
     * Opens the campaign of a folder, or begins it.
     *
     * @param workloads by the names that the plan's cells have
     * @throws IOException if the folder cannot be read and written
     */
    public static Campaign in(Path folder, StudyPlan plan, Map<String, Workload> workloads)
            throws IOException {
        JsonLines<StudyRun> file = JsonLines.open(folder.resolve(RUNS), StudyRun.class);
        try {
            return new Campaign(plan, workloads, file, Saturations.in(folder.resolve(SATURATIONS)));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Runs what is missing.
     *
     * @param threads how many trials at a time
     * @param most when to stop; runs under way are finished first
     * @return whether nothing is missing any more
     */
    public boolean run(int threads, Duration most, Progress progress) throws InterruptedException {
        long begun = System.nanoTime();
        // a flag and no interrupt, which would close the file under a line being written
        var stopped = new AtomicBoolean();
        BooleanSupplier on = () -> System.nanoTime() - begun < most.toNanos() && !stopped.get();
        List<Trial> trials = plan.trials();
        var done = new AtomicInteger();
        try (var workers =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("study-", 0).factory())) {
            List<Future<?>> running = new ArrayList<>();
            for (Trial trial : trials) {
                running.add(
                        workers.submit(() -> {
                            if (runner.run(trial, on)) {
                                progress.done(done.incrementAndGet(), trials.size(), made.get());
                            }
                        }));
            }
            try {
                for (Future<?> one : running) {
                    one.get();
                }
            } catch (ExecutionException | InterruptedException e) {
                stopped.set(true);
                if (e instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                throw new IllegalStateException("a run of the study failed", e.getCause());
            }
        }
        return done.get() == trials.size();
    }

    /** What is known so far; it runs nothing of the study. */
    public StudyTable table() {
        return StudyTable.of(plan, keys, known::get);
    }

    private final class InFile implements TrialRunner.Journal {
        @Override
        public @Nullable StudyRun find(String key) {
            return known.get(key);
        }

        @Override
        public void keep(StudyRun run) {
            known.put(run.key(), run);
            made.incrementAndGet();
            try {
                file.append(run);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (saturations) {
            file.close();
        }
    }
}
