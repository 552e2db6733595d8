package dev.lowgear.simulator.run;

import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.Target;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.policy.PolicyFactory;
import dev.lowgear.simulator.policy.RunContext;

import java.time.Duration;

/**
 * What is run.
 *
 * @param specimen the engine, and its seed
 * @param engines how many of that specimen serve the traffic, each with noise of its own
 * @param policy chooses gears, for each engine by an object of its own
 * @param slo what every request is promised
 * @param lengths where predicted lengths come from, unless the policy has its own
 * @param table what the planner knows of the engine
 * @param timing rhythm of control
 * @param controlDelay from an observation until its directive reaches the engine
 * @param timeline whether to record clock, batch, watts and pace over time
 */
public record RunSetup(
        Specimen specimen,
        int engines,
        PolicyFactory policy,
        SloPolicy slo,
        LengthSource lengths,
        PlannerTable table,
        ControlTiming timing,
        Duration controlDelay,
        boolean timeline) {
    private static final Duration USUAL_DELAY = Duration.ofMillis(10);
    private static final Duration SHORTEST_DRAIN = Duration.ofSeconds(60);

    public RunSetup {
        if (engines < 1 || engines > 1_000) {
            throw new IllegalArgumentException("engines are 1 to 1000, got " + engines);
        }
        if (controlDelay.isNegative() || controlDelay.compareTo(timing.lease()) >= 0) {
            throw new IllegalArgumentException(
                    "control takes less than a lease, got " + controlDelay);
        }
    }

    /**
     * One engine under the policy {@code standard}, in the rhythm and with the lengths of live use,
     * planned by a table of its physics.
     */
    public static RunSetup standard(Specimen specimen, PolicyFactory policy) {
        return exploring(specimen, policy).withTable(PlannerTable.ofPhysics(specimen));
    }

    /** The same before anything was learned. */
    public static RunSetup exploring(Specimen specimen, PolicyFactory policy) {
        return new RunSetup(
                specimen,
                1,
                policy,
                SloPolicy.STANDARD,
                LengthSource.LEARNED,
                PlannerTable.NONE,
                ControlTiming.STANDARD,
                USUAL_DELAY,
                false);
    }

    /** The kind of engine. */
    public EngineProfile profile() {
        return specimen.profile();
    }

    /** The same under another policy of gears. */
    public RunSetup withPolicy(PolicyFactory other) {
        return new RunSetup(
                specimen, engines, other, slo, lengths, table, timing, controlDelay, timeline);
    }

    /** The same with other promises. */
    public RunSetup withSlo(SloPolicy other) {
        return new RunSetup(
                specimen, engines, policy, other, lengths, table, timing, controlDelay, timeline);
    }

    /** The same with lengths from elsewhere. */
    public RunSetup withLengths(LengthSource other) {
        return new RunSetup(
                specimen, engines, policy, slo, other, table, timing, controlDelay, timeline);
    }

    /** The same planned by another table. */
    public RunSetup withTable(PlannerTable other) {
        return new RunSetup(
                specimen, engines, policy, slo, lengths, other, timing, controlDelay, timeline);
    }

    /** The same with so many engines. */
    public RunSetup withEngines(int count) {
        return new RunSetup(
                specimen, count, policy, slo, lengths, table, timing, controlDelay, timeline);
    }

    /** The same with a recording of clock, batch, watts and pace. */
    public RunSetup withTimeline() {
        return new RunSetup(
                specimen, engines, policy, slo, lengths, table, timing, controlDelay, true);
    }

    RunContext context() {
        return new RunContext(profile(), slo, timing, specimen.seed());
    }

    /**
     * How long the engines are watched after the last moment of the traffic, whatever they do then:
     * a minute, or the end-to-end target where that is longer, so that every request has met or
     * missed it by then.
     */
    public Duration drain() {
        long promised = slo.targets().nanos(Target.E2E);
        return promised == Long.MAX_VALUE || promised <= SHORTEST_DRAIN.toNanos()
                ? SHORTEST_DRAIN
                : Duration.ofNanos(promised);
    }
}
