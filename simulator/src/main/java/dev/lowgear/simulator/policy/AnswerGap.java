package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.Pressure;
import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.slo.Target;

/**
 * The time an iteration may take, for rules that know the time between tokens and no end-to-end
 * target: the strictest mean-TBT target, or what an end-to-end target leaves each token of a long
 * answer, where that is less.
 *
 * <pre>
 *   min(TBT, E2E / q)       q the 95th percentile of the answers so far, 1,000 tokens at first
 * </pre>
 *
 * Without the second term such a rule would crawl under a TBT of 200 ms and miss every end-to-end
 * target: the term is ours and helps them.
 */
final class AnswerGap {
    private static final int LONGEST = 4_096;
    private static final int FEWEST_ANSWERS = 50;
    private static final int LONG_ANSWER = 1_000;
    private static final double QUANTILE = .95;

    private final int[] answers = new int[LONGEST + 1];
    private int count;

    void finished(int tokens) {
        answers[Math.min(tokens, LONGEST)]++;
        count++;
    }

    /** Microseconds; infinite where nothing is promised. */
    double micros(Situation situation) {
        double micros = Double.POSITIVE_INFINITY;
        for (Pressure pressure : situation.pressures()) {
            long mean = pressure.policy().targets().nanos(Target.TBT_MEAN);
            long whole = pressure.policy().targets().nanos(Target.E2E);
            if (mean != Long.MAX_VALUE) {
                micros = Math.min(micros, mean / 1e3);
            }
            if (whole != Long.MAX_VALUE) {
                micros = Math.min(micros, whole / 1e3 / longAnswer());
            }
        }
        return micros;
    }

    private int longAnswer() {
        if (count < FEWEST_ANSWERS) {
            return LONG_ANSWER;
        }
        int below = 0;
        int tokens = 0;
        while (below < QUANTILE * count) {
            below += answers[tokens];
            tokens++;
        }
        return Math.max(1, tokens - 1);
    }
}
