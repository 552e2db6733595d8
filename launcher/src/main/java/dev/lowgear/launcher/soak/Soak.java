package dev.lowgear.launcher.soak;

import dev.lowgear.launcher.admin.PolicyClient;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.SimulatedEngine;
import dev.lowgear.launcher.stack.StackPlan;
import dev.lowgear.launcher.supervision.PartState;
import dev.lowgear.launcher.supervision.SupervisorProcess;
import dev.lowgear.launcher.supervision.SystemState;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** One soak of a running system. */
public final class Soak implements AutoCloseable {
    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(5);
    private static final Duration COLLECT_EVERY = Duration.ofMinutes(1);
    private static final Duration CHANGE_EVERY = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(20);

    /** The share of a soak in which memory may still grow: classes, compiled code, caches. */
    private static final double WARM_UP = 1.0 / 3;

    private final StackPlan plan;
    private final SoakTally tally = new SoakTally();
    private final List<ProcessSamples> processes = new ArrayList<>();
    private final Map<String, Series> lag = new TreeMap<>();
    private final Map<String, Series> rows = new TreeMap<>();
    private final PolicyChurn churn;
    private final ConsumerLag consumers;
    private final Databases databases;
    private long begunNanos;

    /**
     * Prepares a soak of a system whose parts are all ready.
     *
     * @throws IOException when its JVMs or its database cannot be asked
     */
    public Soak(StackPlan plan) throws IOException {
        this.plan = plan;
        churn = new PolicyChurn(new PolicyClient(plan.ports().url(Endpoint.GATEWAY)));
        consumers = new ConsumerLag(plan.ports().of(Endpoint.KAFKA));
        databases = Databases.of(plan);
        var state = state(plan.data());
        processes.add(ProcessSamples.ofJvm(SupervisorProcess.NAME, state.supervisor()));
        var noJvm = Set.of("database");
        for (PartState part : state.parts()) {
            processes.add(
                    noJvm.contains(part.name())
                            ? ProcessSamples.ofTree(part.name(), part.pid())
                            : ProcessSamples.ofJvm(part.name(), part.pid()));
        }
    }

    /** Who wants to know how far it is. */
    public interface Progress {
        /** Told after every sample. */
        void at(Duration elapsed, SoakTally.Counts requests, long lag);
    }

    /**
     * Runs it.
     *
     * @param length of the traffic
     * @param rate requests per second in a calm time
     * @param seed of the traffic
     * @throws IOException when a part of the system no longer answers
     */
    public SoakReport run(Duration length, double rate, long seed, Progress progress)
            throws IOException, InterruptedException {
        churn.begin();
        begunNanos = System.nanoTime();
        var client = new SoakClient(plan.ports().url(Endpoint.GATEWAY), tally);
        var models = plan.engines().stream().map(SimulatedEngine::model).toList();
        try (var traffic =
                new SoakTraffic(
                        client,
                        tally,
                        models,
                        PolicyChurn.CLASSES,
                        rate,
                        new SplittableRandom(seed))) {
            var sender = Thread.ofPlatform().name("traffic").start(() -> traffic.run(length));
            try {
                watch(length, progress);
            } finally {
                sender.interrupt();
                sender.join();
            }
        }
        watch(length.plus(DRAIN), progress);
        sample(true);
        return new SoakReport(result(length));
    }

    private void watch(Duration until, Progress progress) throws IOException, InterruptedException {
        long nextSample = System.nanoTime();
        long nextCollection = nextSample;
        long nextChange = nextSample;
        while (second() < until.toSeconds()) {
            long now = System.nanoTime();
            if (now >= nextChange) {
                churn.change();
                nextChange = now + CHANGE_EVERY.toNanos();
            }
            if (now >= nextSample) {
                boolean collect = now >= nextCollection;
                sample(collect);
                nextCollection = collect ? now + COLLECT_EVERY.toNanos() : nextCollection;
                nextSample = now + SAMPLE_EVERY.toNanos();
                progress.at(
                        Duration.ofNanos(now - begunNanos),
                        tally.counts(),
                        (long) lag.values().stream().mapToDouble(Series::last).sum());
            }
            LockSupport.parkNanos(Math.min(nextSample, nextChange) - System.nanoTime());
            if (Thread.interrupted()) {
                throw new InterruptedException("told to end");
            }
        }
    }

    private void sample(boolean collect) throws IOException, InterruptedException {
        double second = second();
        for (var process : processes) {
            process.take(second, collect);
        }
        consumers.byGroup().forEach((group, records) -> add(lag, group, second, (double) records));
        add(lag, "model database", second, (double) consumers.behind(databases.modelOffsets()));
        databases
                .rowsWritten()
                .forEach((service, count) -> add(rows, service.part(), second, (double) count));
    }

    private static void add(Map<String, Series> all, String name, double second, double value) {
        all.computeIfAbsent(name, key -> new Series()).add(second, value);
    }

    private double second() {
        return (System.nanoTime() - begunNanos) / 1e9;
    }

    private SoakResult result(Duration length) throws IOException {
        return new SoakResult(
                WARM_UP * length.toSeconds(),
                processes,
                lag,
                rows,
                tally.counts(),
                churn.changes(),
                LogErrors.in(plan.data().logs()),
                state(plan.data()).parts().stream().mapToInt(PartState::restarts).sum());
    }

    private static SystemState state(DataFolder data) {
        return SystemState.read(data.state()).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        for (var process : processes) {
            process.close();
        }
        databases.close();
        consumers.close();
    }
}
