package dev.lowgear.simulator.policy;

import dev.lowgear.core.feasibility.Feasibility;
import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.slo.Latencies;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * throttLL'eM's rule as published (arXiv 2408.05235 §3.3, §3.5, §3.6): project batch and KV cache
 * from one inflated length per request, find by binary search the lowest clock at which that
 * projection keeps every deadline, hold the maximum clock while a request is lost.
 *
 * <pre>
 *   B[j]  = Σ active_i(j)          KV[j] = Σ active_i(j) · ⌈(p_i + g_i + j + 1)/N⌉
 *   f*    = min { f : m · Σ_{j ≤ e_i} t(B[j], KV[j], f) ≤ time left of i,  for all i }
 * </pre>
 *
 * <p>{@code throttllem-paper} has {@code m = 1}; {@code throttllem-servo} is not in the paper: the
 * same rule with {@code m} turned by a {@link MarginServo} until it reaches the attainment, so that
 * it is compared with what it could be. Live, {@code throttllem} ({@link
 * dev.lowgear.core.gear.LowestFeasibleClock}) has a constant reserve that each deadline keeps as
 * far as it can, and the correction by measured iteration times.
 *
 * <p>Where the paper leaves a choice it is made in the rule's favour: the projection knows of
 * chunked prefill, which the paper's speed model does not; TTFT is checked where it is promised,
 * which the paper does not; the mean time between tokens may be made up for, where the paper wants
 * every step within it; model errors are those of the run's table. Admission asks for room in the
 * cache only: a request that would not meet its deadline is served all the same, as the paper's
 * lost requests are.
 */
final class PublishedThrottllem implements GearPolicy.Planning, ListeningPolicy {
    private final String name;
    private final @Nullable MarginServo servo;

    private PublishedThrottllem(String name, @Nullable MarginServo servo) {
        this.name = name;
        this.servo = servo;
    }

    /** The rule with a margin of 1. */
    static PublishedThrottllem asPublished() {
        return new PublishedThrottllem("throttllem-paper", null);
    }

    /** The rule with a margin that reaches this attainment. */
    static PublishedThrottllem reaching(double attainment) {
        return new PublishedThrottllem("throttllem-servo", new MarginServo(attainment));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void finished(FinishedRequest request, Latencies latencies, int tokens) {
        if (servo != null) {
            servo.after(request);
        }
    }

    @Override
    public GearChoice choose(Situation situation) {
        ClockRange clocks = situation.clocks();
        if (situation.lostRequests() > 0) {
            return GearChoice.highest(
                    clocks, GearReason.LOST_REQUEST, "a lost request is present: highest clock");
        }
        double margin = servo == null ? 1 : servo.margin();
        int low = clocks.lowest();
        int high = clocks.highest() + 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keeps(situation, middle, margin)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low > clocks.highest()
                ? Choices.highest(clocks, "no clock keeps every deadline")
                : Choices.lowest(
                        clocks,
                        clocks.ladder().mhz(low),
                        String.format(
                                Locale.ROOT,
                                "lowest clock that keeps every deadline at %.2f × predicted time",
                                margin));
    }

    private static boolean keeps(Situation situation, int clock, double margin) {
        return Feasibility.slackMicros(situation.projection(), situation.model(), clock, margin, 0)
                >= 0;
    }
}
