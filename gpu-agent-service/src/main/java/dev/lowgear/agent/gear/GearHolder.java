package dev.lowgear.agent.gear;

import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.lease.FencedDirective;
import dev.lowgear.core.lease.GearLease;
import dev.lowgear.core.lease.LeaseAction;
import dev.lowgear.core.lease.LeaseStep;
import dev.lowgear.core.lease.Refusal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Holds the gear of one engine: obeys directives as the lease allows, carries its actions to
 * guardian and engine, and drops the gear by reflex the moment the load leaves the envelope. Owned
 * by the engine's thread.
 */
public final class GearHolder {
    private static final Logger LOG = LoggerFactory.getLogger(GearHolder.class);

    /** A lease never asks the guardian for less than it accepts. */
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(1);

    private final String engine;
    private final ClockLink clock;
    private final PaceLink pace;
    private volatile Runnable clockLost = () -> {};
    private final GearCounters counters = new GearCounters();
    private GearLease lease;
    private @Nullable String decisionId;

    /**
     * @param engine for logs
     * @param lease the released lease of an engine that has just started
     * @param clock who sets its clock
     * @param pace who sets its pace, in µs
     */
    public GearHolder(String engine, GearLease lease, ClockLink clock, PaceLink pace) {
        this.engine = engine;
        this.lease = lease;
        this.clock = clock;
        this.pace = pace;
    }

    /** Who is told, on any thread, that the clock could not be set or kept. */
    public void whenClockLost(Runnable listener) {
        clockLost = listener;
    }

    /** The gear in force. */
    public Gear gear() {
        return lease.gear();
    }

    /** The decision in force; absent in the default gear. */
    public @Nullable String decisionId() {
        return lease.isLeased() ? decisionId : null;
    }

    /** What it was told so far. */
    public GearCounters counters() {
        return counters;
    }

    /** A directive has come. */
    public void on(FencedDirective directive, @Nullable String newDecisionId, long nowNanos) {
        switch (apply(lease.on(directive, nowNanos), nowNanos)) {
            case LeaseStep.Obeyed _ -> {
                counters.obeyed(directive.directive());
                if (newDecisionId != null) {
                    decisionId = newDecisionId;
                }
            }
            case LeaseStep.Refused refused -> {
                counters.refused();
                if (refused.refusal() != Refusal.NOTHING_TO_RENEW) {
                    LOG.info("directive refused engine={} why={}", engine, refused.refusal());
                }
            }
        }
    }

    /** Time has passed. */
    public void tick(long nowNanos) {
        boolean leased = lease.isLeased();
        apply(lease.at(nowNanos), nowNanos);
        if (leased && !lease.isLeased()) {
            counters.expired();
            LOG.info("lease expired engine={} gear=default", engine);
        }
    }

    /** The load is now this; outside the envelope the gear is dropped at once. Whether it was. */
    public boolean checkLoad(int batch, long kvTokens, long queuedPrefillTokens, long nowNanos) {
        if (!lease.isLeased() || lease.envelope().contains(batch, kvTokens, queuedPrefillTokens)) {
            return false;
        }
        reflex("load", nowNanos);
        return true;
    }

    /**
     * An iteration took this long; outside the envelope the gear is dropped at once. Whether it
     * was.
     */
    public boolean checkIteration(long busyMicros, long nowNanos) {
        if (!lease.isLeased() || lease.envelope().containsIteration(busyMicros)) {
            return false;
        }
        reflex("iteration time", nowNanos);
        return true;
    }

    private void reflex(String what, long nowNanos) {
        counters.reflex();
        LOG.debug("envelope left engine={} by={}", engine, what);
        drop(nowNanos);
    }

    /** Gives the gear back now, and obeys only what answers a later projection. */
    public void drop(long nowNanos) {
        apply(lease.drop(nowNanos), nowNanos);
    }

    /** The clock could not be set or kept. */
    public void loseClock(long nowNanos) {
        apply(lease.loseClock(nowNanos), nowNanos);
    }

    private LeaseStep apply(LeaseStep step, long nowNanos) {
        lease = step.lease();
        for (LeaseAction action : step.actions()) {
            switch (action) {
                case LeaseAction.SetClock set ->
                        watch(clock.set(set.clockMhz(), remaining(set.remainingNanos())));
                case LeaseAction.RenewClock renew ->
                        watch(clock.renew(remaining(renew.remainingNanos())));
                case LeaseAction.ResetClock _ -> watch(clock.reset());
                case LeaseAction.SetPace set -> pace.set(set.paceMicros(), nowNanos);
                case LeaseAction.RenewPace _ -> {}
                case LeaseAction.DropPace _ -> pace.set(0, nowNanos);
            }
        }
        return step;
    }

    private void watch(CompletableFuture<?> asked) {
        var _ =
                asked.whenComplete((answer, failure) -> {
                    if (failure != null) {
                        LOG.warn("guardian engine={} says={}", engine, failure.getMessage());
                        clockLost.run();
                    }
                });
    }

    private static Duration remaining(long nanos) {
        Duration remaining = Duration.ofNanos(nanos);
        return remaining.compareTo(SHORTEST_LEASE) < 0 ? SHORTEST_LEASE : remaining;
    }
}
