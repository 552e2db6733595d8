package dev.lowgear.simulator.run;

import dev.lowgear.simulator.trace.TraceLoop;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TraceShaping;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Requests and the time they arrive in.
 *
 * @param requests in order of arrival, each within the model's window
 * @param length the time they arrive in
 * @param clipped how many had to be cut to the model's window
 */
public record Traffic(List<TraceRequest> requests, Duration length, int clipped) {
    private static final double MOST_REQUESTS = 5e6;

    public Traffic {
        requests = List.copyOf(requests);
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("a run needs at least one request");
        }
        if (requests.getLast().arrivalNanos() > length.toNanos()) {
            throw new IllegalArgumentException(
                    "a request arrives after the traffic of " + length + " ended");
        }
    }

    /** These requests and no more, arriving until the last of them has. */
    public static Traffic of(List<TraceRequest> requests) {
        return new Traffic(
                requests,
                requests.isEmpty()
                        ? Duration.ZERO
                        : Duration.ofNanos(requests.getLast().arrivalNanos()),
                0);
    }

    /**
     * Traffic drawn from a trace that {@link TraceLoop goes round}, from a random place in it.
     *
     * @param rateFactor multiplies the trace's arrival rate
     * @param maximumModelLength the model's window: output is cut to half of it, the prompt to the
     *     rest
     * @throws IllegalArgumentException if nothing arrives, or more than five million requests
     */
    public static Traffic drawn(
            List<TraceRequest> trace,
            double rateFactor,
            Duration length,
            int maximumModelLength,
            long seed) {
        double expected =
                TraceLoop.requestsPerSecond(trace) * rateFactor * (length.toNanos() / 1e9);
        if (expected > MOST_REQUESTS) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "a run of at most %.0f requests, not %.0f: shorter, or at a lower rate",
                            MOST_REQUESTS,
                            expected));
        }
        RandomGenerator random = new SplittableRandom(seed);
        List<TraceRequest> drawn =
                new TraceLoop(trace, rateFactor, random.nextDouble(), random).until(length);
        TraceShaping.Clipped clipped = TraceShaping.clip(drawn, maximumModelLength);
        return new Traffic(clipped.requests(), length, clipped.clipped());
    }

    /** Mean arrivals per second. */
    public double requestsPerSecond() {
        return requests.size() / (length.toNanos() / 1e9);
    }
}
