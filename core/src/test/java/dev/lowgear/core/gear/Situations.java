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
 * Builds a situation of one engine under one policy, by what differs from a middling one: 8
 * running, none waiting, half busy, 300 tokens per second, no pace forbidden.
 */
public final class Situations {
    private final PerformanceModel model;
    private final Projection projection;
    private EngineLoad load = load(8, 0);
    private SloPolicy policy = SloPolicy.STANDARD;
    private double urgency = 8;
    private int lost;
    private AttainmentServo servo = AttainmentServo.INITIAL;
    private ClockBounds bounds = ClockBounds.ANY;
    private Margins margins = new Margins(1, 1);
    private Duration maximumPace = SloPolicy.LONGEST_PACE;
    private Pacing pacing = new Pacing(true, Long.MAX_VALUE);
    private Gear held = Gear.DEFAULT;

    private Situations(PerformanceModel model, Projection projection) {
        this.model = model;
        this.projection = projection;
    }

    /** The middling situation. */
    public static Situations of(PerformanceModel model, Projection projection) {
        return new Situations(model, projection);
    }

    /** So many running, each with 500 tokens of cache, and so many waiting with 512 each. */
    public static EngineLoad load(int running, int waiting) {
        return new EngineLoad(
                running, 0, waiting, 500L * running, 100_000, 512L * waiting, .5, 1, 300, 1);
    }

    public Situations with(EngineLoad other) {
        load = other;
        return this;
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
        policy = other;
        return this;
    }

    public Situations urgency(double other) {
        urgency = other;
        return this;
    }

    public Situations lost(int other) {
        lost = other;
        return this;
    }

    public Situations with(AttainmentServo other) {
        servo = other;
        return this;
    }

    public Situations with(ClockBounds other) {
        bounds = other;
        return this;
    }

    public Situations with(Margins other) {
        margins = other;
        return this;
    }

    public Situations maximumPace(Duration other) {
        maximumPace = other;
        return this;
    }

    public Situations with(Pacing other) {
        pacing = other;
        return this;
    }

    public Situations holding(Gear other) {
        held = other;
        return this;
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
                held,
                model,
                ClockRange.of(model.clocks(), bounds),
                new JointPolicy(joint.holdsMaximumClock(), bounds, maximumPace, margins),
                0);
    }
}
