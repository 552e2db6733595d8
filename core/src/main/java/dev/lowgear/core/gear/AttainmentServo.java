package dev.lowgear.core.gear;

import dev.lowgear.core.slo.Target;

import java.util.Set;

/**
 * Two gains that a policy's outcomes turn until its attainment is what it is to be, and no more:
 * every request kept too well was paid for with joules (Lowgear algorithms, §5, "Servos").
 *
 * <pre>
 *   β ← clip(β · exp(0.3 · (miss − (1 − g))),               1e-6, 0.01)   start 0.001
 *   κ ← clip(κ · exp(−0.2 · (tbtMiss − 0.5 · (1 − a₁))),    0.5,  2.5)    start 0.9
 *   a₁ = a + (1 − a)/10        the attainment aimed at, a tenth of the budget above the policy's a
 *   g  = a₁, or a + (1 − a)/2 while more was missed than the budget of a₁ allows
 * </pre>
 *
 * <p>This is dual ascent on the constraint P(miss) ≤ 1 − g: in equilibrium the mean step is zero,
 * so P(miss) = 1 − g whatever the load, and the gain is the price at which that holds. A miss
 * raises β by 35 % and 110 kept requests take that back. The cap matters: overload winds a servo
 * up, and what is wound up must be unwound one kept request at a time. A policy that wants every
 * promise kept (a = 1) has β at its cap.
 *
 * <p><b>Worked example</b> (a = 0.99, so a₁ = 0.991): a miss takes β from 0.001 to 0.001 · e^(0.3 ·
 * 0.991) = 0.001346; a kept request takes it to 0.001 · e^(−0.3 · 0.009) = 0.0009973.
 *
 * @param priceGain β, how dear time is for the work there is
 * @param tokenFloor κ, which share of the time between tokens one iteration may take
 */
public record AttainmentServo(double priceGain, double tokenFloor) {
    /** Where every policy starts. */
    public static final AttainmentServo INITIAL = new AttainmentServo(.001, .9);

    static final double HIGHEST_PRICE_GAIN = .01;
    private static final double LOWEST_PRICE_GAIN = 1e-6;
    private static final double LOWEST_TOKEN_FLOOR = .5;
    private static final double HIGHEST_TOKEN_FLOOR = 2.5;
    private static final double PRICE_STEP = .3;
    private static final double FLOOR_STEP = .2;

    public AttainmentServo {
        if (!(priceGain >= LOWEST_PRICE_GAIN && priceGain <= HIGHEST_PRICE_GAIN)) {
            throw new IllegalArgumentException("a price gain is 1e-6 to 0.01, got " + priceGain);
        }
        if (!(tokenFloor >= LOWEST_TOKEN_FLOOR && tokenFloor <= HIGHEST_TOKEN_FLOOR)) {
            throw new IllegalArgumentException("a token floor is 0.5 to 2.5, got " + tokenFloor);
        }
    }

    /**
     * The gains after one more outcome.
     *
     * @param missedTargets what the request missed; empty if it met all its targets
     * @param finished requests that ended so far, this one among them
     * @param missed those of them that missed a target
     * @param attainment what the policy must reach, in (0, 1]
     */
    public AttainmentServo after(
            Set<Target> missedTargets, double finished, double missed, double attainment) {
        double budget = 1 - attainment;
        double aimedMisses = .9 * budget;
        boolean behind = missed > aimedMisses * finished + 1;
        double allowed = behind ? .5 * budget : aimedMisses;
        double miss = missedTargets.isEmpty() ? 0 : 1;
        double tokenMiss =
                missedTargets.contains(Target.TBT_MEAN) || missedTargets.contains(Target.TBT_TAIL)
                        ? 1
                        : 0;
        return new AttainmentServo(
                budget == 0
                        ? HIGHEST_PRICE_GAIN
                        : Math.clamp(
                                priceGain * StrictMath.exp(PRICE_STEP * (miss - allowed)),
                                LOWEST_PRICE_GAIN,
                                HIGHEST_PRICE_GAIN),
                Math.clamp(
                        tokenFloor * StrictMath.exp(-FLOOR_STEP * (tokenMiss - .5 * aimedMisses)),
                        LOWEST_TOKEN_FLOOR,
                        HIGHEST_TOKEN_FLOOR));
    }

    /** Where a policy of this attainment starts. */
    public static AttainmentServo startingAt(double attainment) {
        return attainment < 1
                ? INITIAL
                : new AttainmentServo(HIGHEST_PRICE_GAIN, INITIAL.tokenFloor());
    }
}
