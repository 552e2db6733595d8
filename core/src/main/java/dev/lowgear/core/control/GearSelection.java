package dev.lowgear.core.control;

import dev.lowgear.core.feasibility.AffordableMargin;
import dev.lowgear.core.feasibility.Verdict;
import dev.lowgear.core.gear.BindingConstraint;
import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.ExplorationLadder;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.slo.JointPolicy;

import java.util.List;

/**
 * Which gear is wanted, before anything is held steady. The first line that applies decides:
 *
 * <ol>
 *   <li>requests under a policy unknown here, or a policy with its energy mode off: highest clock;
 *   <li>a policy that holds a clock: that clock;
 *   <li>nothing runs: lowest clock;
 *   <li>nothing predicts, or nothing was projected: highest clock;
 *   <li>no trusted table: exploration;
 *   <li>otherwise the planning policy, held to where the table is trusted.
 * </ol>
 *
 * <p><b>Exploration.</b> Telemetry from one clock teaches nothing about another. While no table is
 * trusted the engine holds one of eight clocks for at least one step each, and only while every
 * promise holds at twice the time that the untrusted model predicts; a lost request or a failed
 * check puts it on the highest clock for the rest of the step.
 */
record GearSelection(GearPolicy policy, long explorationStepNanos) {
    private static final double DOUBT = 2;

    /**
     * A choice and what exploration remembers after it.
     *
     * @param choice the gear wanted, its clock on the engine's own ladder
     * @param exploration how far exploration got
     */
    record Selected(GearChoice choice, Exploration exploration) {}

    Selected select(DecisionInput input, JointPolicy joint) {
        ClockRange clocks = ClockRange.of(input.engine().clocks(), joint.clocks());
        Exploration unchanged = input.state().exploration();
        if (input.hasUnknownPolicy()) {
            return new Selected(
                    GearChoice.highest(
                            clocks,
                            GearReason.UNKNOWN_POLICY,
                            "requests run under a policy that is not known here"),
                    unchanged);
        }
        if (joint.holdsMaximumClock()) {
            return new Selected(
                    GearChoice.highest(
                            clocks, GearReason.ENERGY_MODE_OFF, "a policy has energy mode off"),
                    unchanged);
        }
        return switch (policy) {
            case GearPolicy.Holding holding -> new Selected(holding.choose(clocks), unchanged);
            case GearPolicy.Planning planning -> planned(planning, input, joint, clocks);
        };
    }

    private Selected planned(
            GearPolicy.Planning planning,
            DecisionInput input,
            JointPolicy joint,
            ClockRange clocks) {
        Exploration unchanged = input.state().exploration();
        if (input.isIdle()) {
            return new Selected(GearChoice.idle(clocks), unchanged);
        }
        if (input.observation().projection().isIdle()) {
            return new Selected(
                    GearChoice.highest(
                            clocks,
                            GearReason.NOTHING_PROJECTED,
                            "requests are there, but nothing was projected"),
                    unchanged);
        }
        Selected selected =
                switch (input.model()) {
                    case ModelInForce.Unknown unknown ->
                            new Selected(
                                    GearChoice.highest(
                                            clocks,
                                            GearReason.NO_MODEL,
                                            "nothing predicts engines of profile "
                                                    + input.engine().profile()),
                                    unchanged);
                    case ModelInForce.Prior prior -> explore(prior.sheet(), input, joint);
                    case ModelInForce.Learned learned when !learned.isTrusted() ->
                            explore(learned.table(), input, joint);
                    case ModelInForce.Learned learned ->
                            new Selected(steer(planning, learned, input, joint), unchanged);
                };
        return new Selected(onLadder(selected.choice(), clocks), selected.exploration());
    }

    private static GearChoice steer(
            GearPolicy.Planning planning,
            ModelInForce.Learned learned,
            DecisionInput input,
            JointPolicy joint) {
        EngineObservation seen = input.observation();
        ClockRange clocks = ClockRange.of(learned.table().clocks(), joint.clocks());
        var situation =
                new Situation(
                        input.engine(),
                        seen.load(),
                        seen.projection(),
                        input.pressures(),
                        seen.finished(),
                        seen.pacing(),
                        seen.gear(),
                        learned.table(),
                        clocks,
                        joint,
                        input.nowNanos());
        return new TrustedClocks(learned, clocks, seen.projection())
                .limit(planning.choose(situation));
    }

    private Selected explore(PerformanceModel model, DecisionInput input, JointPolicy joint) {
        ClockLadder ladder = model.clocks();
        ClockRange clocks = ClockRange.of(ladder, joint.clocks());
        Exploration step = input.state().exploration().at(input.nowNanos(), explorationStepNanos);
        int rung =
                clocks.indexAtLeast(
                        ladder.mhz(
                                ExplorationLadder.clockIndex(ladder, step.seed(), step.steps())));
        EngineObservation seen = input.observation();
        if (seen.lostRequests() > 0) {
            return new Selected(
                    GearChoice.highest(
                            clocks, GearReason.LOST_REQUEST, "no exploration: a request is lost"),
                    step.failed());
        }
        if (step.unsafe()) {
            return new Selected(
                    GearChoice.highest(
                            clocks,
                            GearReason.EXPLORATION_UNSAFE,
                            "no exploration until the next step: the last try was not safe"),
                    step);
        }
        Verdict verdict =
                AffordableMargin.of(
                                seen.projection(),
                                model,
                                clocks.highest(),
                                DOUBT,
                                seen.load().trim())
                        .check(rung);
        if (!verdict.isMet()) {
            return new Selected(unsafe(clocks, rung, verdict), step.failed());
        }
        var choice =
                new GearChoice(
                        Gear.clock(ladder.mhz(rung)),
                        GearReason.EXPLORING,
                        "no trusted table yet: step " + step.steps() + " of exploration",
                        new BindingConstraint.LowestAllowed(ladder.mhz(rung)),
                        List.of(ladder.mhz(rung)));
        return new Selected(choice, step);
    }

    private static GearChoice unsafe(ClockRange clocks, int rung, Verdict verdict) {
        int rungMhz = clocks.ladder().mhz(rung);
        return new GearChoice(
                Gear.clock(clocks.highestMhz()),
                GearReason.EXPLORATION_UNSAFE,
                rungMhz + " MHz was not safe to try at twice the predicted time",
                BindingConstraint.of(verdict, rungMhz),
                List.of(rungMhz));
    }

    /** The chosen clock on the engine's own ladder, which may differ from its model's. */
    private static GearChoice onLadder(GearChoice choice, ClockRange clocks) {
        int mhz = clocks.atLeast(choice.gear().clockMhz());
        return mhz == choice.gear().clockMhz()
                ? choice
                : choice.insteadAt(mhz, choice.reason(), choice.words(), choice.binding());
    }
}
