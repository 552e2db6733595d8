package dev.lowgear.simulator.run;

import dev.lowgear.core.control.Directive;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.lease.FencedDirective;
import dev.lowgear.core.lease.GearLease;
import dev.lowgear.core.lease.LeaseAction;
import dev.lowgear.core.lease.LeaseStep;
import dev.lowgear.core.lease.NodeBounds;
import dev.lowgear.core.physics.EngineRequest;
import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.physics.SimulatedEngine;
import dev.lowgear.core.projection.Scoreboard;

import org.jspecify.annotations.Nullable;

/** A simulated engine with its GPUs, whose gear is leased, and dropped by reflex. */
final class GearedEngine {
    private final SimulatedEngine engine;
    private final int defaultClockMhz;
    private GearLease lease;
    private double megahertzNanos;
    private int directives;

    GearedEngine(SimulatedEngine engine, int defaultClockMhz, NodeBounds bounds) {
        this.engine = engine;
        this.defaultClockMhz = defaultClockMhz;
        lease = GearLease.released(ControlLoop.INCARNATION, bounds, engine.timeNanos());
    }

    long nextEventNanos() {
        return engine.nextEventNanos();
    }

    /** Lets time pass up to the next completion, at most until {@code nowNanos}. */
    @Nullable IterationCompleted advance(long nowNanos) {
        while (true) {
            long before = engine.timeNanos();
            int clockMhz = engine.clockMhz();
            long until = Math.min(nowNanos, engine.nextEventNanos());
            IterationCompleted completed = engine.advance(until);
            megahertzNanos += (double) clockMhz * (engine.timeNanos() - before);
            if (completed != null) {
                return completed;
            }
            if (until == nowNanos) {
                carryOut(lease.at(nowNanos), nowNanos);
                return null;
            }
        }
    }

    void submit(EngineRequest request, long nowNanos) {
        engine.submit(request, nowNanos);
    }

    void on(FencedDirective directive, long nowNanos) {
        if (carryOut(lease.on(directive, nowNanos), nowNanos) instanceof LeaseStep.Obeyed
                && directive.directive() instanceof Directive.SetGear) {
            directives++;
        }
    }

    /** Drops the gear if the load is outside its envelope; whether it was. */
    boolean checkLoad(Scoreboard scoreboard, long nowNanos) {
        if (!lease.isLeased()
                || lease.envelope()
                        .contains(
                                scoreboard.size(),
                                scoreboard.kvTokens(),
                                scoreboard.queuedPrefillTokens())) {
            return false;
        }
        carryOut(lease.drop(nowNanos), nowNanos);
        return true;
    }

    /** Drops the gear if an iteration was too long for its envelope; whether it was. */
    boolean checkIteration(long busyNanos, long nowNanos) {
        if (!lease.isLeased() || lease.envelope().containsIteration(busyNanos / 1000)) {
            return false;
        }
        carryOut(lease.drop(nowNanos), nowNanos);
        return true;
    }

    private LeaseStep carryOut(LeaseStep step, long nowNanos) {
        lease = step.lease();
        for (LeaseAction action : step.actions()) {
            switch (action) {
                case LeaseAction.SetClock set -> engine.requestClock(set.clockMhz(), nowNanos);
                case LeaseAction.ResetClock _ -> engine.requestClock(defaultClockMhz, nowNanos);
                case LeaseAction.SetPace set -> engine.pace(set.paceMicros() * 1000, nowNanos);
                case LeaseAction.DropPace _ -> engine.pace(0, nowNanos);
                case LeaseAction.RenewClock _ -> {}
                case LeaseAction.RenewPace _ -> {}
            }
        }
        return step;
    }

    Gear gear() {
        return lease.gear();
    }

    double joules() {
        return engine.energy().joules();
    }

    double meanClockMhz(long startNanos) {
        return megahertzNanos / Math.max(1, engine.timeNanos() - startNanos);
    }

    int directives() {
        return directives;
    }
}
