package dev.lowgear.simulator.comparison;

import java.util.OptionalDouble;

/** How much a run asks of its engines. */
public sealed interface Demand {
    /**
     * A share of what they can serve at the maximum clock.
     *
     * @param fraction of the saturation of one engine times their number, in (0, 3]
     */
    record Load(double fraction) implements Demand {
        private static final double HIGHEST = 3;

        public Load {
            if (!(fraction > 0 && fraction <= HIGHEST)) {
                throw new IllegalArgumentException(
                        "a load is a fraction of saturation in (0, 3], got " + fraction);
            }
        }

        @Override
        public OptionalDouble load() {
            return OptionalDouble.of(fraction);
        }

        @Override
        public String label() {
            return "load " + fraction;
        }
    }

    /**
     * So many requests.
     *
     * @param requestsPerSecond on the mean, all engines together
     */
    record Rate(double requestsPerSecond) implements Demand {
        private static final double HIGHEST = 1e6;

        public Rate {
            if (!(requestsPerSecond > 0 && requestsPerSecond <= HIGHEST)) {
                throw new IllegalArgumentException(
                        "a rate is in (0, 1000000] requests per second, got " + requestsPerSecond);
            }
        }

        @Override
        public OptionalDouble load() {
            return OptionalDouble.empty();
        }

        @Override
        public String label() {
            return requestsPerSecond + " requests/s";
        }
    }

    /** The fraction of saturation, where it is given as one. */
    OptionalDouble load();

    /** For people: {@code load 0.5}. */
    String label();
}
