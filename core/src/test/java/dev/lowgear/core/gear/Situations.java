package dev.lowgear.core.gear;

import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.JointPolicy;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.PolicyRevision;
import dev.lowgear.core.slo.SloPolicy;

import java.time.Duration;
import java.util.List;

/**
 * Situations of one engine under one policy, by what differs from a middling one: 8 running, none
 * waiting, half busy, 300 tokens per second, no pace forbidden.
 */
public record Situations(
        PerformanceModel model,
        Projection projection,
        EngineLoad load,
        SloPolicy policy,
        double urgency,
        int lost,
        AttainmentServo servo,
        ClockBounds bounds,
        Margins margins,
        Duration maximumPace,
        Pacing pacing) {

    /** The middling situation. */
    public static Situations of(PerformanceModel model, Projection projection) {
        return new Situations(
                model,
                projection,
                load(8, 0),
                SloPolicy.STANDARD,
                8,
                0,
                AttainmentServo.INITIAL,
                ClockBounds.ANY,
                new Margins(1, 1),
                SloPolicy.LONGEST_PACE,
                new Pacing(true, Long.MAX_VALUE));
    }

    /** So many running, each with 500 tokens of cache, and so many waiting with 512 each. */
    public static EngineLoad load(int running, int waiting) {
        return new EngineLoad(
                running, 0, waiting, 500L * running, 100_000, 512L * waiting, .5, 1, 300, 1);
    }

    public Situations with(EngineLoad other) {
        return new Situations(
                model,
                projection,
                other,
                policy,
                urgency,
                lost,
                servo,
                bounds,
                margins,
                maximumPace,
                pacing);
    }

    public Situations trim(double trim) {
        return with(
                new EngineLoad(
                        load.running(),
                        load.prefilling(),
                        load.waiting(),
                        load.kvTokens(),
                        load.kvCapacityTokens(),
                        load.queuedPrefillTokens(),
                        load.busyFraction(),
                        trim,
                        load.decodeTokensPerSecond(),
                        load.arrivalsPerSecond()));
    }

    public Situations with(SloPolicy other) {
        return new Situations(
                model,
                projection,
                load,
                other,
                urgency,
                lost,
                servo,
                bounds,
                margins,
                maximumPace,
                pacing);
    }

    public Situations urgency(double other) {
        return new Situations(
                model,
                projection,
                load,
                policy,
                other,
                lost,
                servo,
                bounds,
                margins,
                maximumPace,
                pacing);
    }

    public Situations lost(int other) {
        return new Situations(
                model,
                projection,
                load,
                policy,
                urgency,
                other,
                servo,
                bounds,
                margins,
                maximumPace,
                pacing);
    }

    public Situations with(AttainmentServo other) {
        return new Situations(
                model,
                projection,
                load,
                policy,
                urgency,
                lost,
                other,
                bounds,
                margins,
                maximumPace,
                pacing);
    }

    public Situations with(ClockBounds other) {
        return new Situations(
                model,
                projection,
                load,
                policy,
                urgency,
                lost,
                servo,
                other,
                margins,
                maximumPace,
                pacing);
    }

    public Situations with(Margins other) {
        return new Situations(
                model,
                projection,
                load,
                policy,
                urgency,
                lost,
                servo,
                bounds,
                other,
                maximumPace,
                pacing);
    }

    public Situations maximumPace(Duration other) {
        return new Situations(
                model,
                projection,
                load,
                policy,
                urgency,
                lost,
                servo,
                bounds,
                margins,
                other,
                pacing);
    }

    public Situations with(Pacing other) {
        return new Situations(
                model,
                projection,
                load,
                policy,
                urgency,
                lost,
                servo,
                bounds,
                margins,
                maximumPace,
                other);
    }

    /** The situation itself. */
    public Situation build() {
        var joint = JointPolicy.of(List.of(new PolicyRevision(policy, 1)));
        return new Situation(
                new HostedEngine(
                        new EngineId("agent.engine-0"),
                        new AgentId("agent"),
                        "model",
                        "model/gpu/tp1",
                        "model/gpu/tp1",
                        256,
                        512,
                        model.clocks()),
                load,
                projection,
                List.of(
                        new Pressure(
                                policy,
                                new PolicyLoad(
                                        policy.name(),
                                        load.running(),
                                        load.prefilling() + load.waiting(),
                                        urgency,
                                        lost),
                                servo)),
                List.of(),
                pacing,
                Gear.DEFAULT,
                model,
                ClockRange.of(model.clocks(), bounds),
                new JointPolicy(joint.holdsMaximumClock(), bounds, maximumPace, margins),
                0);
    }
}
