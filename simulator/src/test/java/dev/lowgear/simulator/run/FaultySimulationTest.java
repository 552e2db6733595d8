package dev.lowgear.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
        assertThat(telemetry.joules)
                .as("energy accounted iteration by iteration, and what the meter shows")
                .isCloseTo(result.energy().joules(), within(telemetry.tailJoules(result)));
        assertThat(result.promises().counted())
                .as("nobody is forgotten")
                .isBetween(result.promises().finished(), traffic.requests().size());
    }

    private static final class Telemetry implements EngineWatch {
        private double joules;
        private long tokens;
        private long lastNanos;

        @Override
        public void iteration(IterationCompleted iteration) {
            assertThat(iteration.kvBlocksUsed())
                    .as("the cache is never over capacity")
                    .isLessThanOrEqualTo(iteration.kvBlocks());
            assertThat(iteration.startNanos()).isGreaterThanOrEqualTo(lastNanos);
            lastNanos = iteration.endNanos();
            joules += iteration.energy().joules();
            tokens += iteration.tokens().size();
        }

        /** What may have been drawn since the last iteration ended: 1 kW at most. */
        double tailJoules(RunResult result) {
            return 1_000 * (result.seconds() - lastNanos / 1e9) + 1e-6;
        }
    }
}
