package dev.lowgear.simulator.run;

import dev.lowgear.core.control.Directive;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.lease.FencedDirective;
import dev.lowgear.core.lease.GearLease;
import dev.lowgear.core.lease.LeaseAction;
import dev.lowgear.core.lease.LeaseStep;
import dev.lowgear.core.lease.NodeBounds;
import dev.lowgear.core.physics.EngineEnergy;
import dev.lowgear.core.physics.EngineRequest;
import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.physics.SimulatedEngine;
import dev.lowgear.core.projection.Scoreboard;

import org.jspecify.annotations.Nullable;

/** A simulated engine with its GPUs, whose gear is leased, and dropped by reflex. */
final class GearedEngine {
    private final SimulatedEngine engine;
    private final int defaultClockMhz;
    private final Disruptions disruptions;
    private GearLease lease;
    private double megahertzNanos;
    private double paceNanoNanos;
    private long occupiedNanos;
    private long busyNanos;
    private long restNanos;
    private long iterations;
    private long switches;
    private long directives;
    private long reflexes;

    GearedEngine(
            SimulatedEngine engine,
            int defaultClockMhz,
            NodeBounds bounds,
            Disruptions disruptions) {
        this.engine = engine;
        this.disruptions = disruptions;
        this.defaultClockMhz = defaultClockMhz;
        lease = GearLease.released(ControlLoop.INCARNATION, bounds, engine.timeNanos());
    }

    long timeNanos() {
        return engine.timeNanos();
    }

    long nextEventNanos() {
        return engine.nextEventNanos();
    }

    /** Lets time pass up to the next completion, at most until {@code nowNanos}. */
    @Nullable IterationCompleted advance(long nowNanos) {
        while (true) {
            IterationCompleted completed = pass(Math.min(nowNanos, engine.nextEventNanos()));
            if (completed != null) {
                iterations++;
                busyNanos += completed.durationNanos();
                restNanos += completed.restNanos();
                return completed;
            }
            if (engine.timeNanos() == nowNanos && engine.nextEventNanos() > nowNanos) {
                carryOut(lease.at(nowNanos), nowNanos);
                return null;
            }
        }
    }

    private @Nullable IterationCompleted pass(long untilNanos) {
        long before = engine.timeNanos();
        int clockMhz = engine.clockMhz();
        boolean occupied = engine.state() != SimulatedEngine.State.IDLE;
        IterationCompleted completed = engine.advance(untilNanos);
        long passed = engine.timeNanos() - before;
        megahertzNanos += (double) clockMhz * passed;
        if (occupied) {
            occupiedNanos += passed;
            paceNanoNanos += (double) engine.paceNanos() * passed;
        }
        if (engine.clockMhz() != clockMhz) {
            switches++;
        }
        return completed;
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
        drop(nowNanos);
        return true;
    }

    /** Drops the gear if an iteration was too long for its envelope; whether it was. */
    boolean checkIteration(long busyNanosOfOne, long nowNanos) {
        if (!lease.isLeased() || lease.envelope().containsIteration(busyNanosOfOne / 1000)) {
            return false;
        }
        drop(nowNanos);
        return true;
    }

    private void drop(long nowNanos) {
        reflexes++;
        carryOut(lease.drop(nowNanos), nowNanos);
    }

    private LeaseStep carryOut(LeaseStep step, long nowNanos) {
        lease = step.lease();
        for (LeaseAction action : step.actions()) {
            switch (action) {
                case LeaseAction.SetClock set -> change(set.clockMhz(), nowNanos);
                case LeaseAction.ResetClock _ -> change(defaultClockMhz, nowNanos);
                case LeaseAction.SetPace set -> engine.pace(set.paceMicros() * 1000, nowNanos);
                case LeaseAction.DropPace _ -> engine.pace(0, nowNanos);
                case LeaseAction.RenewClock _ -> {}
                case LeaseAction.RenewPace _ -> {}
            }
        }
        return step;
    }

    private void change(int clockMhz, long nowNanos) {
        if (disruptions.clockChanges(nowNanos)) {
            engine.requestClock(clockMhz, nowNanos);
        }
    }

    Gear gear() {
        return lease.gear();
    }

    GearLease lease() {
        return lease;
    }

    int defaultClockMhz() {
        return defaultClockMhz;
    }

    int clockMhz() {
        return engine.clockMhz();
    }

    long paceNanos() {
        return engine.paceNanos();
    }

    int running() {
        return engine.running();
    }

    EngineEnergy energy() {
        return engine.energy();
    }

    /** What the energy counter of each of its GPUs shows. */
    long counterMillijoules() {
        return engine.gpuCounterMillijoules();
    }

    /** Clock, integrated over time. */
    double megahertzNanos() {
        return megahertzNanos;
    }

    /** Pace while there were requests, integrated over that time. */
    double paceNanoNanos() {
        return paceNanoNanos;
    }

    /** Time with requests. */
    long occupiedNanos() {
        return occupiedNanos;
    }

    long busyNanos() {
        return busyNanos;
    }

    long restNanos() {
        return restNanos;
    }

    long iterations() {
        return iterations;
    }

    long switches() {
        return switches;
    }

    long directives() {
        return directives;
    }

    long reflexes() {
        return reflexes;
    }
}
