package dev.lowgear.simulator.policy;

import dev.lowgear.core.request.InflatedPoint;
import dev.lowgear.core.request.KaplanMeierLengths;
import dev.lowgear.core.request.LengthPredictor;
import dev.lowgear.core.request.NoisyLengths;
import dev.lowgear.core.request.OracleLengths;

import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the lengths that a simulated planner reckons with come from. */
public sealed interface LengthSource {
    /** Learned online from the requests that ended, as live. */
    LengthSource LEARNED = new Learned();

    /** Known without error. */
    LengthSource ORACLE = new Oracle();

    /** A predictor of one run. */
    LengthPredictor predictor(ToIntFunction<String> lengthOf, RandomGenerator random);

    /**
     * A predictor of one run that names inflated points, as throttLL'eM plans (§3.1): the predicted
     * length times one plus its 95th percentile error, or the 90th percentile of what was learned.
     */
    LengthPredictor inflated(LengthPredictor predictor);

    /** As it is written: {@code learned}, {@code oracle}, {@code noisy:0.30}. */
    String name();

    /**
     * The source of that name.
     *
     * @throws IllegalArgumentException if there is none; the message says what there is
     */
    static LengthSource parse(String name) {
        return switch (name) {
            case "learned" -> LEARNED;
            case "oracle" -> ORACLE;
            default -> Noisy.parse(name);
        };
    }

    /** See {@link #LEARNED}. */
    record Learned() implements LengthSource {
        private static final double INFLATED_QUANTILE = .9;

        @Override
        public LengthPredictor predictor(ToIntFunction<String> lengthOf, RandomGenerator random) {
            return KaplanMeierLengths.standard();
        }

        @Override
        public LengthPredictor inflated(LengthPredictor predictor) {
            return InflatedPoint.quantile(INFLATED_QUANTILE, predictor);
        }

        @Override
        public String name() {
            return "learned";
        }
    }

    /** See {@link #ORACLE}. */
    record Oracle() implements LengthSource {
        @Override
        public LengthPredictor predictor(ToIntFunction<String> lengthOf, RandomGenerator random) {
            return new OracleLengths(lengthOf);
        }

        @Override
        public LengthPredictor inflated(LengthPredictor predictor) {
            return predictor;
        }

        @Override
        public String name() {
            return "oracle";
        }
    }

    /**
     * Known up to a random error, as in throttLL'eM's evaluation.
     *
     * @param p95Error relative error that 95 % of the predictions stay within, at least 0
     */
    record Noisy(double p95Error) implements LengthSource {
        private static final Pattern FORM = Pattern.compile("noisy:(\\d(?:\\.\\d{1,4})?)");

        private static Noisy parse(String name) {
            Matcher match = FORM.matcher(name);
            if (!match.matches()) {
                throw new IllegalArgumentException(
                        "unknown lengths '"
                                + name
                                + "'; there are learned, oracle and noisy:<error>, such as"
                                + " noisy:0.30");
            }
            return new Noisy(Double.parseDouble(match.group(1)));
        }

        @Override
        public LengthPredictor predictor(ToIntFunction<String> lengthOf, RandomGenerator random) {
            return new NoisyLengths(lengthOf, p95Error, random);
        }

        @Override
        public LengthPredictor inflated(LengthPredictor predictor) {
            return InflatedPoint.by(p95Error, predictor);
        }

        @Override
        public String name() {
            return String.format(Locale.ROOT, "noisy:%.2f", p95Error);
        }
    }
}
