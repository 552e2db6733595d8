package dev.lowgear.core.control;

import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.slo.JointPolicy;

import java.util.ArrayList;
import java.util.List;

/**
 * What holds for every answer, whatever the policy. Tests fail on a violation; a live scheduler
 * counts it and goes on.
 */
public final class Invariants {
    private Invariants() {}

    /** The violated ones, in words; empty if all hold. */
    public static List<String> violatedBy(Answer answer) {
        var violated = new ArrayList<String>();
        DecisionInput input = answer.input();
        Decision decision = answer.decision();
        EngineObservation seen = input.observation();
        JointPolicy joint = input.joint();
        ClockRange clocks = ClockRange.of(input.engine().clocks(), joint.clocks());
        Gear gear = decision.choice().gear();
        if (!clocks.contains(gear.clockMhz())) {
            violated.add("the clock is supported and allowed");
        }
        if (joint.holdsMaximumClock() && gear.clockMhz() != clocks.highestMhz()) {
            violated.add("energy mode off holds the highest allowed clock");
        }
        if (gear.paceMicros() > 0 && !seen.pacing().possible()) {
            violated.add("an engine that cannot be paced is not");
        }
        if (decision.directive() instanceof Directive.SetGear set
                && !set.envelope()
                        .contains(
                                seen.load().running() + seen.load().prefilling(),
                                seen.load().kvTokens(),
                                seen.load().queuedPrefillTokens())) {
            violated.add("an engine is told an envelope that it is in");
        }
        if (decision.holds() && !seen.gear().equals(gear)) {
            violated.add("only an engine that runs as told is renewed");
        }
        if (!decision.next().told().gear().equals(gear)) {
            violated.add("what was told is remembered");
        }
        if (answer.fence().projectionSequence() != seen.sequence()
                || answer.fence().engineIncarnation() != seen.incarnation()) {
            violated.add("an answer is fenced by what it answers");
        }
        return violated;
    }
}
