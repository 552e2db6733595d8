package dev.lowgear.core.gear;

import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.slo.Target;

/**
 * Two gains that a policy's outcomes turn until its attainment is what it is to be, and no more:
 * every request kept too well was paid for with joules (Lowgear algorithms, §5, "Servos").
 *
 * <pre>
 *   β ← clip(β · exp(0.3 · (miss − s·(1 − g))),             1e-6, 0.01)   start 0.001
 *   κ ← clip(κ · exp(−0.2 · (tbtMiss − s·0.5·(1 − a₁))),    0.5,  2.5)    start 0.9
 *   a₁ = a + (1 − a)/5         the attainment aimed at, a fifth of the budget above the policy's a
 *   g  = a₁, or a + (1 − a)/2 while more was missed than the budget of a₁ allows
 *   s  = 1 + min(6, 0.25/(0.3·(1 − g)·n) − 1) · max(0, 1 − h/0.05)    n requests are under way
 *        after a request that kept its targets while no more was missed than that budget allows,
 *        else 1; never below 1
 *   h  ← h + (clip((used − 0.6)/0.4, 0, 1) − h)/100                        start 0.05
 * </pre>
 *
 * <p>This is dual ascent on the constraint P(miss) ≤ 1 − g: in equilibrium the mean step is zero,
 * so P(miss) = 1 − g whatever the load, and the gain is the price at which that holds. A miss
 * raises β by 35 % and 124 kept requests take that back. The cap matters: overload winds a servo
 * up, and what is wound up must be unwound one kept request at a time. A policy that wants every
 * promise kept (a = 1) has β at its cap.
 *
 * <p><b>Haste.</b> That a request was kept says little, and it takes 450 of them to find that time
 * was three times too dear: twenty minutes of an engine that serves one in three seconds. How well
 * it was kept says more. While hardly anyone comes near a target (<em>pressed</em>, {@code h}: how
 * much of the last two fifths of its targets a request used, averaged over about a hundred), a kept
 * request counts up to seven times ({@code s}). That cannot lower attainment for long: with the
 * budget used up there is no haste, however well the others do. What is under way tells of the gain
 * only when it ends, and the longest end last: in the time that all of them take, haste lowers the
 * gain by no more than e^−0.25.
 *
 * <p><b>Worked example</b> (a = 0.99, so a₁ = 0.992, and h from 0.05): a miss takes β from 0.001 to
 * 0.001 · e^(0.3 · 0.992) = 0.001347. A request kept with all of its time used takes h to 0.0595,
 * where there is no haste, and β to 0.001 · e^(−0.3 · 0.008) = 0.0009976. One kept within half its
 * time takes h to 0.0495 and counts 1.06 times.
 *
 * @param priceGain β, how dear time is for the work there is
 * @param tokenFloor κ, which share of the time between tokens one iteration may take
 * @param pressed h, how close to their targets recent requests came, in [0, 1]
 */
public record AttainmentServo(double priceGain, double tokenFloor, double pressed) {
    static final double HIGHEST_PRICE_GAIN = .01;
    private static final double LOWEST_PRICE_GAIN = 1e-6;
    private static final double LOWEST_TOKEN_FLOOR = .5;
    private static final double HIGHEST_TOKEN_FLOOR = 2.5;
    private static final double PRICE_STEP = .3;
    private static final double FLOOR_STEP = .2;
    private static final double AIMED_SHARE = .8;
    private static final double MOST_HASTE = 6;
    private static final double FARTHEST_AHEAD = .25;
    private static final double NO_HASTE_FROM = .05;
    private static final double PRESSED_FROM = .6;
    private static final double PRESSED_OVER = 100;

    /** Where every policy starts. */
    public static final AttainmentServo INITIAL = new AttainmentServo(.001, .9, NO_HASTE_FROM);

    public AttainmentServo {
        if (!(priceGain >= LOWEST_PRICE_GAIN && priceGain <= HIGHEST_PRICE_GAIN)) {
            throw new IllegalArgumentException("a price gain is 1e-6 to 0.01, got " + priceGain);
        }
        if (!(tokenFloor >= LOWEST_TOKEN_FLOOR && tokenFloor <= HIGHEST_TOKEN_FLOOR)) {
            throw new IllegalArgumentException("a token floor is 0.5 to 2.5, got " + tokenFloor);
        }
        if (!(pressed >= 0 && pressed <= 1)) {
            throw new IllegalArgumentException("pressed is 0 to 1, got " + pressed);
        }
    }

    private static double haste(double pressed, double aimedMisses, int underWay) {
        double affordable = FARTHEST_AHEAD / (PRICE_STEP * aimedMisses * Math.max(1, underWay));
        return 1
                + Math.clamp(affordable - 1, 0, MOST_HASTE)
                        * Math.max(0, 1 - pressed / NO_HASTE_FROM);
    }

    /** Where a policy of this attainment starts. */
    public static AttainmentServo startingAt(double attainment) {
        return attainment < 1
                ? INITIAL
                : new AttainmentServo(HIGHEST_PRICE_GAIN, INITIAL.tokenFloor(), INITIAL.pressed());
    }

    /**
     * The gains after one more outcome.
     *
     * @param request a controllable one
     * @param finished requests that ended so far, this one among them
     * @param missed those of them that missed a target
     * @param attainment what the policy must reach, in (0, 1]
     * @param underWay requests of the policy that have not ended yet
     */
    public AttainmentServo after(
            FinishedRequest request,
            double finished,
            double missed,
            double attainment,
            int underWay) {
        double budget = 1 - attainment;
        double aimedMisses = AIMED_SHARE * budget;
        double near = Math.clamp((request.usedShare() - PRESSED_FROM) / (1 - PRESSED_FROM), 0, 1);
        double nowPressed = pressed + (near - pressed) / PRESSED_OVER;
        boolean kept = request.missed().isEmpty();
        boolean within = missed <= aimedMisses * finished;
        boolean behind = missed > aimedMisses * finished + 1;
        double haste = kept && within ? haste(nowPressed, aimedMisses, underWay) : 1;
        double miss = kept ? 0 : 1;
        double tokenMiss =
                request.missed().contains(Target.TBT_MEAN)
                                || request.missed().contains(Target.TBT_TAIL)
                        ? 1
                        : 0;
        double priceStep = PRICE_STEP * (miss - haste * (behind ? .5 * budget : aimedMisses));
        double floorStep = FLOOR_STEP * (tokenMiss - haste * .5 * aimedMisses);
        return new AttainmentServo(
                budget == 0
                        ? HIGHEST_PRICE_GAIN
                        : Math.clamp(
                                priceGain * StrictMath.exp(priceStep),
                                LOWEST_PRICE_GAIN,
                                HIGHEST_PRICE_GAIN),
                Math.clamp(
                        tokenFloor * StrictMath.exp(-floorStep),
                        LOWEST_TOKEN_FLOOR,
                        HIGHEST_TOKEN_FLOOR),
                nowPressed);
    }
}
