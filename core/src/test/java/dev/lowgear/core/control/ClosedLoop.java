package dev.lowgear.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.gear.GearPolicies;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.lease.FencedDirective;
import dev.lowgear.core.lease.GearLease;
import dev.lowgear.core.lease.LeaseStep;
import dev.lowgear.core.lease.NodeBounds;
import dev.lowgear.core.observation.Urgency;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.RegionSupport;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.core.performance.TableQuality;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.EngineRequest;
import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.physics.IterationWork;
import dev.lowgear.core.physics.SimulatedEngine;
import dev.lowgear.core.projection.ProjectionForm;
import dev.lowgear.core.projection.Projector;
import dev.lowgear.core.projection.Scoreboard;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.KaplanMeierLengths;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.PolicyRevision;
import dev.lowgear.core.slo.PolicySet;
import dev.lowgear.core.slo.Promise;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.Target;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * One simulated engine under the control plane in virtual time: arrivals, scoreboard, projection,
 * lease and reflex as an agent has them, five milliseconds on the way there and back, a table made
 * of what was visited after a minute and every half a minute.
 */
final class ClosedLoop {
    private static final EngineProfile PROFILE = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    private static final EngineId ENGINE = new EngineId("e1");
    private static final AgentId AGENT = new AgentId("a1");
    private static final String FINGERPRINT = "f";
    private static final long WAY_NANOS = 5_000_000;
    private static final long LEASE_NANOS = 2_000_000_000;
    private static final ClockLadder CLOCKS = PROFILE.gpu().clocks();

    private static final double[] SHARES = {0, .01, .05, .25, .50, .75, .90, .95, .99, 1};
    private static final int[] PROMPTS = {10, 29, 181, 396, 1020, 1189, 2735, 4083, 4142, 8000};
    private static final int[] OUTPUTS = {8, 16, 41, 85, 129, 395, 424, 451, 601, 1000};

    private final EnginePhysics physics;
    private final SimulatedEngine engine;
    private final SplittableRandom random;
    private final double arrivalsPerSecond;
    private final long endNanos;
    private final ControlPlane plane;
    private final Scoreboard scoreboard = new Scoreboard();
    private final KaplanMeierLengths lengths = KaplanMeierLengths.standard();
    private final Projector projector =
            new Projector(
                    PROFILE.limits().kvBlockTokens(),
                    PROFILE.limits().chunkTokens(),
                    new ProjectionForm.AtQuantile(.9));
    private final TableGrid grid =
            TableGrid.covering(
                    CLOCKS,
                    PROFILE.limits().maxBatch(),
                    PROFILE.limits().kvCapacityTokens(),
                    PROFILE.limits().chunkTokens());
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private final List<FinishedRequest> finished = new ArrayList<>();
    private final List<OperatingPoint> visited = new ArrayList<>();
    private RegionSupport support = RegionSupport.over(grid);
    private GearLease lease =
            GearLease.released(
                    1, new NodeBounds(CLOCKS.lowest(), CLOCKS.highest(), 0, LEASE_NANOS), 0);
    private boolean changed = true;
    private long observedAtNanos;
    private long sequence;
    private long arrivalNanos;
    private long tableNanos = 60_000_000_000L;
    private int version;
    private int id;

    /** Outcome of a run, or of several. */
    static final class Report {
        int requests;
        int missed;
        int reflexes;
        int loadReflexes;
        int released;
        final Set<Integer> exploredMhz = new TreeSet<>();
        double joules;

        void add(Report other) {
            requests += other.requests;
            missed += other.missed;
            reflexes += other.reflexes;
            loadReflexes += other.loadReflexes;
            released += other.released;
            joules += other.joules;
        }

        double attainment() {
            return requests == 0 ? 1 : 1 - (double) missed / requests;
        }
    }

    private record Delivery(long atNanos, FencedDirective directive) {}

    private final Report report = new Report();

    ClosedLoop(String policy, double margin, long seed, double arrivalsPerSecond, Duration length) {
        random = new SplittableRandom(seed);
        physics = EnginePhysics.perturbed(PROFILE, random.split());
        engine = new SimulatedEngine(physics, random.split(), 0);
        this.arrivalsPerSecond = arrivalsPerSecond;
        endNanos = length.toNanos();
        plane =
                new ControlPlane(
                        new EngineControl(GearPolicies.parse(policy), ControlTiming.STANDARD),
                        ControlTiming.STANDARD,
                        _ -> Optional.of(AnalyticModel.of(PROFILE)),
                        TrustGate.STANDARD,
                        seed);
        plane.on(new Event.ShardTaken(0, 1));
        SloPolicy standard = SloPolicy.STANDARD;
        plane.on(
                new Event.PoliciesChanged(
                        PolicySet.BUILT_IN.with(
                                new PolicyRevision(
                                        new SloPolicy(
                                                standard.name(),
                                                standard.match(),
                                                standard.targets(),
                                                standard.attainment(),
                                                0,
                                                false,
                                                false,
                                                standard.energyMode(),
                                                standard.clocks(),
                                                standard.maximumPace(),
                                                new Margins(1.3, margin)),
                                        1))));
        plane.on(
                new Event.AgentSeen(
                        AGENT,
                        List.of(
                                new HostedEngine(
                                        ENGINE,
                                        AGENT,
                                        "llama-2-13b",
                                        PROFILE.id(),
                                        FINGERPRINT,
                                        PROFILE.limits().maxBatch(),
                                        PROFILE.limits().chunkTokens(),
                                        CLOCKS))));
        arrivalNanos = nextArrival(0);
    }

    Report run() {
        long now = 0;
        while (now < endNanos) {
            now = Math.min(nextNanos(), endNanos);
            IterationCompleted done = engine.advance(now);
            while (done != null) {
                completed(done, now);
                done = engine.advance(now);
            }
            lease(lease.at(now), now);
            deliver(now);
            arrive(now);
            observe(now);
            learn(now);
        }
        report.joules = engine.energy().joules();
        return report;
    }

    private long nextNanos() {
        long next = Math.min(engine.nextEventNanos(), Math.min(arrivalNanos, dueNanos()));
        Delivery first = deliveries.peek();
        return first == null ? next : Math.min(next, first.atNanos());
    }

    private long dueNanos() {
        return observedAtNanos + (changed ? 100_000_000 : LEASE_NANOS / 4);
    }

    private long nextArrival(long after) {
        return after
                + (long) (-StrictMath.log(1 - random.nextDouble()) / arrivalsPerSecond * 1e9)
                + 1;
    }

    /** A value between the quantiles of the public chat trace. */
    private int length(int[] quantiles) {
        double u = random.nextDouble();
        int i = 0;
        while (u >= SHARES[i + 1]) {
            i++;
        }
        double part = (u - SHARES[i]) / (SHARES[i + 1] - SHARES[i]);
        return (int) (quantiles[i] + part * (quantiles[i + 1] - quantiles[i]));
    }

    private void arrive(long now) {
        if (now < arrivalNanos) {
            return;
        }
        arrivalNanos = nextArrival(now);
        int prompt = Math.min(2_048, length(PROMPTS));
        int output = length(OUTPUTS);
        String name = Integer.toString(id);
        RequestShape shape = RequestShape.of("llama-2-13b", prompt, 2_048);
        scoreboard.admit(
                new ScoreboardEntry(
                        name,
                        shape,
                        Promise.of(SloPolicy.STANDARD),
                        lengths.curve(name, shape),
                        0,
                        now));
        engine.submit(new EngineRequest(id, prompt, output, 2_048), now);
        id++;
        changed = true;
        checkLoad(now);
    }

    private void completed(IterationCompleted done, long now) {
        int left = done.work().prefillTokens();
        for (ScoreboardEntry entry : scoreboard.entries()) {
            int share = Math.min(left, entry.prefillTokens());
            if (share > 0) {
                scoreboard.prefilled(entry.requestId(), share);
                left -= share;
            }
        }
        for (int i = 0; i < done.tokens().size(); i++) {
            String name = Long.toString(done.tokens().requestId(i));
            scoreboard.token(name, done.endNanos());
            changed |= done.tokens().generated(i) == 1;
            if (done.tokens().finished(i)) {
                finish(scoreboard.remove(name));
            }
        }
        if (done.startClockMhz() == done.clockMhz()) {
            visited.add(
                    new OperatingPoint(
                            done.clockMhz(),
                            done.work().decodeTokens(),
                            (double) done.work().kvTokens(),
                            done.work().prefillTokens()));
        }
        if (lease.isLeased() && !lease.envelope().containsIteration(done.durationNanos() / 1_000)) {
            report.reflexes++;
            lease(lease.drop(now), now);
            changed = true;
        }
        checkLoad(now);
    }

    private void finish(ScoreboardEntry entry) {
        lengths.observe(entry.length(false));
        Set<Target> missed = entry.latencies().missed(entry.promise().targets());
        report.requests++;
        report.missed += missed.isEmpty() ? 0 : 1;
        finished.add(new FinishedRequest(entry.promise().policy(), missed, true));
        changed = true;
    }

    private void checkLoad(long now) {
        if (lease.isLeased()
                && !lease.envelope()
                        .contains(
                                scoreboard.size(),
                                scoreboard.kvTokens(),
                                scoreboard.queuedPrefillTokens())) {
            report.loadReflexes++;
            lease(lease.drop(now), now);
            changed = true;
        }
    }

    private void lease(LeaseStep step, long now) {
        boolean before = lease.isLeased();
        lease = step.lease();
        if (step instanceof LeaseStep.Obeyed && before && !lease.isLeased()) {
            report.released++;
        }
        int clock = lease.gear().hasDefaultClock() ? CLOCKS.highest() : lease.gear().clockMhz();
        engine.requestClock(clock, now);
    }

    private void deliver(long now) {
        while (!deliveries.isEmpty() && deliveries.getFirst().atNanos() <= now) {
            lease(lease.on(deliveries.removeFirst().directive(), now), now);
        }
    }

    private void observe(long now) {
        if (now < dueNanos()) {
            return;
        }
        int running = 0;
        int prefilling = 0;
        int waiting = 0;
        for (ScoreboardEntry entry : scoreboard.entries()) {
            if (entry.isDecoding()) {
                running++;
            } else if (entry.isWaiting()) {
                waiting++;
            } else {
                prefilling++;
            }
        }
        var observation =
                new EngineObservation(
                        ENGINE,
                        1,
                        ++sequence,
                        now,
                        new EngineLoad(
                                running,
                                prefilling,
                                waiting,
                                scoreboard.kvTokens(),
                                PROFILE.limits().kvCapacityTokens(),
                                scoreboard.queuedPrefillTokens(),
                                1,
                                1,
                                200,
                                arrivalsPerSecond),
                        projector.forecast(scoreboard.entries(), now).projection().compact(16),
                        Urgency.byPolicy(scoreboard.entries(), now),
                        finished,
                        lease.gear(),
                        Pacing.IMPOSSIBLE);
        finished.clear();
        changed = false;
        observedAtNanos = now;
        for (Answer answer : plane.on(new Event.ObservationReceived(0, AGENT, observation, now))) {
            if (answer.decision().choice().reason() == GearReason.EXPLORING) {
                report.exploredMhz.add(answer.decision().choice().gear().clockMhz());
            }
            assertThat(Invariants.violatedBy(answer)).isEmpty();
            deliveries.add(
                    new Delivery(
                            now + WAY_NANOS,
                            new FencedDirective(
                                    answer.decision().directive(),
                                    answer.fence(),
                                    observation.stampNanos(),
                                    LEASE_NANOS)));
        }
    }

    private void learn(long now) {
        if (now < tableNanos) {
            return;
        }
        tableNanos += 30_000_000_000L;
        support = support.plus(visited);
        visited.clear();
        version++;
        var quality =
                new TableQuality(
                        support.total(),
                        new FitError(100, .99, 100, .02),
                        null,
                        null,
                        null,
                        true,
                        support,
                        Instant.EPOCH,
                        Instant.EPOCH);
        var identity =
                new TableIdentity(
                        "t" + version, version, "llama-2-13b", "a100-40gb", 2, FINGERPRINT);
        plane.on(
                new Event.TablePublished(
                        PerformanceTable.tabulate(identity, grid, new Learned(physics), quality)));
    }

    /** What a good model would have learned of the physics. */
    private record Learned(EnginePhysics physics) implements PerformanceModel {
        private static IterationWork work(double batch, double kvTokens, double prefillTokens) {
            return new IterationWork(
                    (int) batch + (prefillTokens > 0 ? 1 : 0),
                    (int) batch,
                    (int) prefillTokens,
                    prefillTokens > 0 ? 1 : 0,
                    (long) kvTokens,
                    prefillTokens * 700);
        }

        @Override
        public ClockLadder clocks() {
            return CLOCKS;
        }

        @Override
        public double iterationMicros(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return physics.iterationNanos(
                            work(batch, kvTokens, prefillTokens), CLOCKS.mhz(clockIndex))
                    / 1e3;
        }

        @Override
        public double busyWatts(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return physics.busyWatts(work(batch, kvTokens, prefillTokens), CLOCKS.mhz(clockIndex));
        }

        @Override
        public double restWatts(int clockIndex) {
            return physics.restWatts(CLOCKS.mhz(clockIndex));
        }

        @Override
        public double idleWatts() {
            return physics.restWatts(CLOCKS.lowest());
        }

        @Override
        public double staticWatts() {
            return physics.restWatts(CLOCKS.lowest());
        }
    }

    /** A run of one policy. */
    static Report of(
            String policy, double margin, long seed, double arrivalsPerSecond, Duration length) {
        return new ClosedLoop(policy, margin, seed, arrivalsPerSecond, length).run();
    }
}
