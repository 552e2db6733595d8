package dev.lowgear.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.control.Answer;
import dev.lowgear.core.control.Invariants;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.lease.GearLease;
import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.trace.ChatTrace;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TraceShaping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The whole loop in virtual time, with the faults that a network, a driver and users are capable
 * of. Each seed draws a traffic with a burst and answers of surprising length, and how badly things
 * go: directives late, lost, twice, out of order, in outages of seconds; clocks that do not change.
 * Invariants hold after every event, validations at the end, once the faults are over.
 */
class FaultySimulationTest {
    private static final EngineProfile PROFILE = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    private static final long SECOND = 1_000_000_000L;
    private static final Duration LENGTH = Duration.ofSeconds(60);

    /** Faults are over with this many seconds of traffic to go. */
    private static final long CALM = 20 * SECOND;

    /** The end of a run may cut off one rest and one iteration: half a second at 800 W or so. */
    private static final double CUT_OFF_JOULES = 500;

    private static final class Trouble implements Disruptions {
        private final SplittableRandom random;
        private final double lost;
        private final double twice;
        private final double late;
        private final double stuck;
        private final long endNanos;
        private final long leaseNanos;
        private long outageUntil;
        private long latestUntil = Long.MIN_VALUE;
        private boolean clockStuck;
        private long leftStuckNanos;

        Trouble(SplittableRandom random, long endNanos, long leaseNanos) {
            this.random = random;
            this.endNanos = endNanos;
            this.leaseNanos = leaseNanos;
            lost = random.nextDouble(.4);
            twice = random.nextDouble(.3);
            late = random.nextDouble(.4);
            stuck = random.nextBoolean() ? random.nextDouble(.3) : 0;
        }

        @Override
        public long[] deliveries(Answer answer, long nowNanos) {
            assertThat(Invariants.violatedBy(answer)).isEmpty();
            long usual = nowNanos + 10_000_000L;
            if (nowNanos >= endNanos) {
                return delivered(nowNanos, usual);
            }
            if (nowNanos < outageUntil || random.nextDouble() < lost) {
                return new long[0];
            }
            if (random.nextInt(100) == 0) {
                outageUntil = nowNanos + random.nextLong(6 * SECOND);
            }
            long first =
                    random.nextDouble() < late ? nowNanos + random.nextLong(4 * SECOND) : usual;
            return random.nextDouble() < twice
                    ? delivered(nowNanos, first, first + random.nextLong(3 * SECOND))
                    : delivered(nowNanos, first);
        }

        private long[] delivered(long stampNanos, long... due) {
            latestUntil = Math.max(latestUntil, stampNanos + leaseNanos);
            return due;
        }

        @Override
        public boolean clockChanges(long nowNanos) {
            boolean changes = nowNanos >= endNanos || random.nextDouble() >= stuck;
            clockStuck = !changes;
            leftStuckNanos = nowNanos;
            return changes;
        }
    }

    /** What must hold after every event. */
    private static final class Watcher implements Consumer<ServingEngine> {
        /** A clock takes effect within 300 ms. */
        private static final long SETTLED = SECOND / 2;

        /** What two A100 draw at most while their counters stand still: 100 ms at 800 W. */
        private static final double COUNTER_LAG_JOULES = 100;

        private final Trouble trouble;
        private long now;
        private long unleasedSince;
        private boolean leasedInTheCalm;

        Watcher(Trouble trouble) {
            this.trouble = trouble;
        }

        @Override
        public void accept(ServingEngine serving) {
            GearedEngine engine = serving.gears();
            now = engine.timeNanos();
            double shown = PROFILE.tensorParallel() * engine.counterMillijoules() / 1e3;
            assertThat(engine.energy().joules() - shown)
                    .as("what the meters have yet to show of the energy accounted for")
                    .isBetween(-1e-6, COUNTER_LAG_JOULES);
            GearLease lease = engine.lease();
            if (lease.isLeased()) {
                unleasedSince = Long.MAX_VALUE;
                leasedInTheCalm |= now > trouble.endNanos + 5 * SECOND;
                assertThat(now)
                        .as("a gear ends with the lease of the last directive on its way")
                        .isLessThan(trouble.latestUntil + 1);
                assertThat(
                                lease.envelope()
                                        .contains(
                                                serving.scoreboard().size(),
                                                serving.scoreboard().kvTokens(),
                                                serving.scoreboard().queuedPrefillTokens()))
                        .as("nothing acts outside its envelope unnoticed")
                        .isTrue();
            } else {
                unleasedSince = Math.min(unleasedSince, now);
                assertThat(engine.paceNanos()).as("rest without a lease").isZero();
                boolean settled =
                        now - unleasedSince > SETTLED && now - trouble.leftStuckNanos > SETTLED;
                if (settled && !trouble.clockStuck) {
                    assertThat(engine.clockMhz())
                            .as("without a lease, the default clock")
                            .isEqualTo(engine.defaultClockMhz());
                }
            }
        }
    }

    private static List<TraceRequest> surprising(SplittableRandom random) {
        var burst =
                new ChatTrace.Burst(
                        Duration.ofSeconds(random.nextLong(5, 30)), Duration.ofSeconds(5), 4);
        List<TraceRequest> requests = new ArrayList<>();
        for (TraceRequest of :
                new ChatTrace(random.nextDouble(.3, 1.5), burst).generate(LENGTH, random)) {
            int tokens = random.nextInt(10) == 0 ? random.nextInt(1, 1_000) : of.outputTokens();
            requests.add(new TraceRequest(of.arrivalNanos(), of.promptTokens(), tokens));
        }
        return TraceShaping.clip(requests, PROFILE.limits().maxModelLength()).requests();
    }

    @Seeds(count = 100)
    void nothingUnsafeHappensWhateverGoesWrongAndControlComesBack(SplittableRandom random) {
        Specimen specimen = Specimen.of(PROFILE, random.nextInt(1_000));
        String policy =
                List.of("lowgear", "lowgear-clock-only", "throttllem", "fixed-clock:1005")
                        .get(random.nextInt(4));
        RunSetup setup = RunSetup.standard(specimen, Policies.parse(policy));
        var traffic = new Traffic(surprising(random), LENGTH, 0);
        var trouble =
                new Trouble(
                        random.split(), LENGTH.toNanos() - CALM, setup.timing().lease().toNanos());
        var watcher = new Watcher(trouble);
        var telemetry = new Telemetry();

        RunResult result = EngineRun.of(setup, traffic, telemetry, trouble, watcher);

        assertThat(watcher.leasedInTheCalm).as("control is back").isTrue();
        assertThat(telemetry.tokens).as("every token is accounted for").isEqualTo(result.tokens());
        double worked = result.energy().busyJoules() + result.energy().restJoules();
        assertThat(telemetry.busyJoules + telemetry.restJoules)
                .as("energy with requests, iteration by iteration, but for one cut off by the end")
                .isBetween(worked - CUT_OFF_JOULES, worked);
        assertThat(result.promises().counted())
                .as("nobody is forgotten")
                .isBetween(result.promises().finished(), traffic.requests().size());
    }

    private static final class Telemetry implements EngineWatch {
        private double busyJoules;
        private double restJoules;
        private long tokens;
        private long lastNanos;

        @Override
        public void iteration(IterationCompleted iteration) {
            assertThat(iteration.kvBlocksUsed())
                    .as("the cache is never over capacity")
                    .isLessThanOrEqualTo(iteration.kvBlocks());
            assertThat(iteration.startNanos()).isGreaterThanOrEqualTo(lastNanos);
            lastNanos = iteration.endNanos();
            busyJoules += iteration.energy().busyJoules();
            restJoules += iteration.energy().restJoules();
            tokens += iteration.tokens().size();
        }
    }
}
