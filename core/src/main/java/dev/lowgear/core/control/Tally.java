package dev.lowgear.core.control;

import dev.lowgear.core.gear.AttainmentServo;
import dev.lowgear.core.observation.FinishedRequest;

/**
 * Outcomes of one policy's requests on one engine, with slow forgetting: what attainment is judged
 * by, and what its servo made of them. Requests that no gear could have saved are left out.
 *
 * @param policy name of the policy
 * @param finished requests that ended
 * @param missed those of them that missed a target
 * @param servo gains learned from them
 */
public record Tally(String policy, double finished, double missed, AttainmentServo servo) {
    private static final double FORGET_BEYOND = 5_000;

    /** No outcome yet, of a policy that must reach this attainment. */
    static Tally none(String policy, double attainment) {
        return new Tally(policy, 0, 0, AttainmentServo.startingAt(attainment));
    }

    /**
     * This tally with one more outcome; both counters halve beyond 5,000 requests.
     *
     * @param underWay requests of the policy that have not ended yet
     */
    Tally plus(FinishedRequest request, double attainment, int underWay) {
        if (!request.controllable()) {
            return this;
        }
        double more = finished + 1;
        double misses = request.missed().isEmpty() ? missed : missed + 1;
        AttainmentServo next = servo.after(request, more, misses, attainment, underWay);
        return more > FORGET_BEYOND
                ? new Tally(policy, more / 2, misses / 2, next)
                : new Tally(policy, more, misses, next);
    }
}
