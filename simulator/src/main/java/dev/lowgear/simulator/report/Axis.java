package dev.lowgear.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where values stand on a side of a chart. */
public sealed interface Axis {
    /**
     * A marked value.
     *
     * @param value where
     * @param text beside it
     */
    record Tick(double value, String text) {}

    /** What it measures, with its unit. */
    String label();

    /** Where a value stands, 0 at the beginning and 1 at the end; outside it for values outside. */
    double at(double value);

    /** Marked values, ascending, all within it. */
    List<Tick> ticks();

    /**
     * In equal steps, rounded outwards to whole ones.
     *
     * @param low at most this at its beginning
     * @param high at least this at its end
     */
    static Axis linear(String label, double low, double high) {
        double step = Linear.step(Math.max(high - low, 1e-9));
        return new Linear(
                label, Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
    }

    /** As {@link #linear}, but ending exactly where told: for time. */
    static Axis exact(String label, double low, double high) {
        return new Linear(label, low, high, Linear.step(Math.max(high - low, 1e-9)));
    }

    /** In equal ratios. */
    static Axis logarithmic(String label, double low, double high) {
        double from = Math.max(low, 1e-3);
        return new Logarithmic(label, from, Math.max(high, from * 2));
    }

    /**
     * Percent of all, where what matters lies just below 100: the last tenth of a percent takes as
     * much room as each decade before it.
     *
     * @param lowest at most this at its beginning
     */
    static Axis attainment(String label, double lowest) {
        double from = 99;
        for (double end : new double[] {98, 95, 90, 80, 50, 0}) {
            from = lowest < from ? end : from;
        }
        return new Attainment(label, from);
    }

    /** See {@link #linear}. */
    record Linear(String label, double from, double to, double step) implements Axis {
        private static final int STEPS = 5;

        private static double step(double length) {
            double rough = length / STEPS;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double digit = rough / power;
            return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
        }

        @Override
        public double at(double value) {
            return to == from ? 0 : (value - from) / (to - from);
        }

        @Override
        public List<Tick> ticks() {
            List<Tick> ticks = new ArrayList<>();
            for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++) {
                ticks.add(new Tick(i * step, number(i * step)));
            }
            return ticks;
        }
    }

    /** See {@link #logarithmic}. */
    record Logarithmic(String label, double from, double to) implements Axis {
        private static final double FEW_DECADES = 2.2;

        @Override
        public double at(double value) {
            return Math.log(Math.max(value, 1e-9) / from) / Math.log(to / from);
        }

        @Override
        public List<Tick> ticks() {
            double[] digits =
                    Math.log10(to / from) < FEW_DECADES ? new double[] {1, 2, 5} : new double[] {1};
            List<Tick> ticks = new ArrayList<>();
            for (double ten = Math.pow(10, Math.floor(Math.log10(from))); ten <= to; ten *= 10) {
                for (double digit : digits) {
                    double value = digit * ten;
                    if (value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) {
                        ticks.add(new Tick(value, number(value)));
                    }
                }
            }
            return ticks;
        }
    }

    /** See {@link #attainment}. */
    record Attainment(String label, double from) implements Axis {
        private static final double LINEAR = 0.1;
        private static final double[] MARKS = {0, 50, 80, 90, 95, 98, 99, 99.5, 99.9, 100};

        @Override
        public double at(double value) {
            return 1 - bent(100 - value) / bent(100 - from);
        }

        /** Proportional up to a tenth, logarithmic from there on. */
        private static double bent(double missed) {
            return missed <= LINEAR ? missed / LINEAR : 1 + Math.log10(missed / LINEAR);
        }

        @Override
        public List<Tick> ticks() {
            List<Tick> ticks = new ArrayList<>();
            for (double mark : MARKS) {
                if (mark >= from) {
                    ticks.add(new Tick(mark, number(mark)));
                }
            }
            return ticks;
        }
    }

    private static String number(double value) {
        double rounded = Math.rint(value * 1e6) / 1e6;
        return rounded == Math.rint(rounded)
                ? String.format(Locale.ROOT, "%.0f", rounded + 0.0)
                : String.valueOf(rounded);
    }
}
