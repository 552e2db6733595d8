package dev.lowgear.simulator.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Fits a trace to a run: its rate, its length, and the model's context window. */
public final class TraceShaping {
    private TraceShaping() {}

    /**
     * A trace and how much of it had to be changed.
     *
     * @param requests in order of arrival
     * @param clipped rows whose lengths exceeded the model's window
     */
    public record Clipped(List<TraceRequest> requests, int clipped) {}

    /**
     * Multiplies the arrival rate. The fraction is kept by thinning, whole multiples by repeating
     * the trace over itself, each copy rotated by an equal share of its length so that bursts do
     * not coincide.
     *
     * @param factor positive
     */
    public static List<TraceRequest> rate(
            List<TraceRequest> trace, double factor, RandomGenerator random) {
        if (!(factor > 0 && factor <= 1000)) {
            throw new IllegalArgumentException("a rate factor is in (0, 1000], got " + factor);
        }
        int copies = (int) Math.ceil(factor);
        double kept = factor / copies;
        long lengthNanos = trace.isEmpty() ? 0 : trace.getLast().arrivalNanos() + 1;
        List<TraceRequest> shaped = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            long shift = lengthNanos / copies * copy;
            for (TraceRequest request : trace) {
                if (kept >= 1 || random.nextDouble() < kept) {
                    long arrival = (request.arrivalNanos() + shift) % lengthNanos;
                    shaped.add(
                            new TraceRequest(
                                    arrival, request.promptTokens(), request.outputTokens()));
                }
            }
        }
        shaped.sort(Comparator.comparingLong(TraceRequest::arrivalNanos));
        return shaped;
    }

    /** The requests that arrive in {@code length} from {@code offset} on, counted from there. */
    public static List<TraceRequest> window(
            List<TraceRequest> trace, Duration offset, Duration length) {
        long from = offset.toNanos();
        long to = from + length.toNanos();
        return trace.stream()
                .filter(request -> request.arrivalNanos() >= from && request.arrivalNanos() < to)
                .map(request ->
                        new TraceRequest(
                                request.arrivalNanos() - from,
                                request.promptTokens(),
                                request.outputTokens()))
                .toList();
    }

    /**
     * Clips requests to a context window: output to half of it, then the prompt to the rest.
     *
     * @param maximumModelLength tokens of prompt and output together
     */
    public static Clipped clip(List<TraceRequest> trace, int maximumModelLength) {
        List<TraceRequest> requests = new ArrayList<>(trace.size());
        int clipped = 0;
        for (TraceRequest request : trace) {
            if (request.promptTokens() + request.outputTokens() <= maximumModelLength) {
                requests.add(request);
                continue;
            }
            int output = Math.min(request.outputTokens(), maximumModelLength / 2);
            int prompt = Math.min(request.promptTokens(), maximumModelLength - output);
            requests.add(new TraceRequest(request.arrivalNanos(), prompt, output));
            clipped++;
        }
        return new Clipped(List.copyOf(requests), clipped);
    }
}
