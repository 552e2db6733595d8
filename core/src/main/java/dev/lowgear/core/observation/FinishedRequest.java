package dev.lowgear.core.observation;

import dev.lowgear.core.slo.Target;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The outcome of one request, from which the servos learn.
 *
 * @param policy the policy it ran under
 * @param missed targets it missed; empty if it met them all
 * @param controllable whether a faster gear could have saved it: false for requests lost on
 *     arrival, shed, cancelled or failed
 * @param usedShare the largest share of a target that it used up, from 0; 1 where the tightest was
 *     only just met
 */
public record FinishedRequest(
        String policy, Set<Target> missed, boolean controllable, double usedShare) {
    public FinishedRequest {
        if (!(usedShare >= 0)) {
            throw new IllegalArgumentException("a share is not negative, got " + usedShare);
        }
        Set<Target> ordered =
                EnumSet.noneOf(Target.class); // recorded inputs read the same anywhere
        ordered.addAll(missed);
        missed = Collections.unmodifiableSet(ordered);
    }
}
