package dev.lowgear.simulator.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Traffic of several classes over days: the rate rises and falls with the hour, and surges raise it
 * at random moments. With {@code s} a surge's factor while one lasts,
 *
 * <pre>
 * rate(t) = requestsPerSecond · (1 + swing · cos(2π (t − peak) / period)) · s
 * </pre>
 *
 * Each class has its share of the requests; its sessions start as a Poisson process of that rate,
 * exact by thinning one of the highest rate.
 *
 * @param mix share of the requests by class; shares sum to 1
 * @param requestsPerSecond mean rate but for surges
 * @param daily how the rate swings
 * @param surges what raises it beyond that
 */
public record GeneratedTraffic(
        SortedMap<TrafficClass, Double> mix, double requestsPerSecond, Daily daily, Surges surges) {
    /**
     * The regular swing of the rate.
     *
     * @param swing how far the peak is above the mean, in [0, 1)
     * @param period from peak to peak
     * @param peak when the first one is
     */
    public record Daily(double swing, Duration period, Duration peak) {
        /** No swing. */
        public static final Daily NONE = new Daily(0, Duration.ofDays(1), Duration.ZERO);

        public Daily {
            if (!(swing >= 0 && swing < 1) || !period.isPositive()) {
                throw new IllegalArgumentException(
                        "a daily swing is in [0, 1) over a positive period, got "
                                + swing
                                + " over "
                                + period);
            }
        }

        /** Peaks in the middle of the afternoon of a day that begins at midnight. */
        public static Daily afternoon(double swing) {
            return new Daily(swing, Duration.ofDays(1), Duration.ofHours(15));
        }

        double factor(double seconds) {
            double phase = (seconds - peak.toNanos() / 1e9) / (period.toNanos() / 1e9);
            return 1 + swing * StrictMath.cos(2 * Math.PI * phase);
        }
    }

    /**
     * Irregular stretches of a higher rate.
     *
     * @param perHour how many start in an hour, on average
     * @param length how long one lasts, on average
     * @param factor what it multiplies the rate with, at least 1
     */
    public record Surges(double perHour, Duration length, double factor) {
        /** None. */
        public static final Surges NONE = new Surges(0, Duration.ofMinutes(1), 1);

        public Surges {
            if (!(perHour >= 0 && perHour <= 3600) || !(factor >= 1 && factor <= 1000)) {
                throw new IllegalArgumentException(
                        "surges are 0 to 3600 an hour, by a factor of 1 to 1000, got "
                                + perHour
                                + " by "
                                + factor);
            }
            if (!length.isPositive()) {
                throw new IllegalArgumentException("a surge lasts, got " + length);
            }
        }
    }

    public GeneratedTraffic {
        double sum = 0;
        for (double share : mix.values()) {
            if (!(share > 0)) {
                throw new IllegalArgumentException("a class's share is positive, got " + share);
            }
            sum += share;
        }
        if (Math.abs(sum - 1) > 1e-6) {
            throw new IllegalArgumentException("shares sum to 1, got " + sum + " by " + mix);
        }
        if (!(requestsPerSecond > 0 && requestsPerSecond <= 10_000)) {
            throw new IllegalArgumentException(
                    "a rate is in (0, 10000] per second, got " + requestsPerSecond);
        }
        mix = Collections.unmodifiableSortedMap(new TreeMap<>(mix));
    }

    /** Of one class at a steady rate. */
    public static GeneratedTraffic steady(TrafficClass kind, double requestsPerSecond) {
        return new GeneratedTraffic(
                new TreeMap<>(Map.of(kind, 1.0)), requestsPerSecond, Daily.NONE, Surges.NONE);
    }

    /**
     * The mix written {@code chat:0.7,code:0.3}, or {@code chat} for a class alone.
     *
     * @throws IllegalArgumentException if it is written otherwise or names no class
     */
    public static SortedMap<TrafficClass, Double> parseMix(String text) {
        SortedMap<TrafficClass, Double> mix = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            String[] halves = part.strip().split(":", -1);
            double share;
            try {
                share = halves.length == 1 ? 1 : Double.parseDouble(halves[1]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(mixForm(text), e);
            }
            if (halves.length > 2 || mix.put(TrafficClass.parse(halves[0]), share) != null) {
                throw new IllegalArgumentException(mixForm(text));
            }
        }
        return mix;
    }

    private static String mixForm(String text) {
        return "a mix is written chat:0.7,code:0.3, each class once, got '" + text + "'";
    }

    /** What arrives within {@code length}: the same for the same seed on every machine. */
    public Iterator<TraceRequest> arrivals(Duration length, RandomGenerator random) {
        return new Arrivals(length, random);
    }

    /** All of what {@link #arrivals} gives. */
    public List<TraceRequest> generate(Duration length, RandomGenerator random) {
        List<TraceRequest> requests = new ArrayList<>();
        arrivals(length, random).forEachRemaining(requests::add);
        return requests;
    }

    private record Session(TrafficClass kind, double share, double seconds) {}

    /** Keeps no more than the sessions that overlap. */
    private final class Arrivals implements Iterator<TraceRequest> {
        private final double end;
        private final RandomGenerator random;
        private final NavigableMap<Double, Double> surging = new TreeMap<>();
        private final PriorityQueue<Session> starts =
                new PriorityQueue<>(
                        Comparator.comparingDouble(Session::seconds).thenComparing(Session::kind));
        private final PriorityQueue<TraceRequest> begun =
                new PriorityQueue<>(Comparator.comparingLong(TraceRequest::arrivalNanos));

        Arrivals(Duration length, RandomGenerator random) {
            end = length.toNanos() / 1e9;
            this.random = random;
            double now = 0;
            while (surges.perHour() > 0 && now < end) {
                double from = now + TrafficClass.exponential(3600 / surges.perHour(), random);
                now = from + TrafficClass.exponential(surges.length().toNanos() / 1e9, random);
                surging.put(from, now);
            }
            mix.forEach((kind, share) -> schedule(kind, share, 0));
        }

        /** The next session of a class after {@code seconds}, if it still begins in time. */
        private void schedule(TrafficClass kind, double share, double seconds) {
            double highest = (1 + daily.swing()) * surges.factor();
            double sessions = share * requestsPerSecond / kind.requestsPerSession();
            double start = seconds;
            do {
                start += TrafficClass.exponential(1 / (sessions * highest), random);
            } while (start < end && random.nextDouble() * highest >= factor(start));
            if (start < end) {
                starts.add(new Session(kind, share, start));
            }
        }

        private double factor(double seconds) {
            Map.Entry<Double, Double> last = surging.floorEntry(seconds);
            boolean raised = last != null && seconds < last.getValue();
            return daily.factor(seconds) * (raised ? surges.factor() : 1);
        }

        @Override
        public boolean hasNext() {
            while (!starts.isEmpty()
                    && (begun.isEmpty()
                            || starts.element().seconds() * 1e9
                                    <= begun.element().arrivalNanos())) {
                begin(starts.remove());
            }
            return !begun.isEmpty();
        }

        private void begin(Session session) {
            session.kind()
                    .session(
                            (long) (session.seconds() * 1e9),
                            random,
                            nanos -> {
                                if (nanos < end * 1e9) {
                                    begun.add(session.kind().request(nanos, random));
                                }
                            });
            schedule(session.kind(), session.share(), session.seconds());
        }

        @Override
        public TraceRequest next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more requests arrive");
            }
            return begun.remove();
        }
    }
}
