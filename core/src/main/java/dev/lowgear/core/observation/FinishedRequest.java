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
 */
public record FinishedRequest(String policy, Set<Target> missed, boolean controllable) {
    public FinishedRequest {
        Set<Target> ordered =
                EnumSet.noneOf(Target.class); // recorded inputs read the same anywhere
        ordered.addAll(missed);
        missed = Collections.unmodifiableSet(ordered);
    }
}
