package dev.lowgear.simulator.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A trace going round without end, from somewhere in it, at another rate. Up to .8 times its rate
 * it is thinned: every row is kept with that probability, drawn afresh in every round, which keeps
 * the lengths of bursts and the gaps of a quiet hour. Above .8 time is compressed instead, because
 * a thinned trace cannot be denser than it was.
 *
 * <p>A row's draw does not depend on the rate: at a lower rate a subset of the same requests
 * arrives, so that attainment over rates is not noise.
 */
public final class TraceLoop implements Iterator<TraceRequest> {
    /** Up to this multiple of a trace's rate it is thinned. */
    public static final double HIGHEST_THINNING = 0.8;

    private final List<TraceRequest> trace;
    private final double kept;
    private final double compression;
    private final RandomGenerator random;
    private final long roundNanos;
    private final long startNanos;
    private int row;
    private long rounds;

    /**
     * @param trace in order of arrival, at least one request
     * @param rate multiplies the trace's rate, in (0, 1000]
     * @param offset where to begin, as a share of the trace, in [0, 1)
     * @param random draws the rows that are kept
     */
    public TraceLoop(List<TraceRequest> trace, double rate, double offset, RandomGenerator random) {
        if (trace.isEmpty()) {
            throw new IllegalArgumentException("a trace that goes round has requests");
        }
        if (!(rate > 0 && rate <= 1000)) {
            throw new IllegalArgumentException("a rate factor is in (0, 1000], got " + rate);
        }
        if (!(offset >= 0 && offset < 1)) {
            throw new IllegalArgumentException("an offset is in [0, 1), got " + offset);
        }
        this.trace = List.copyOf(trace);
        kept = rate <= HIGHEST_THINNING ? rate : 1;
        compression = rate <= HIGHEST_THINNING ? 1 : rate;
        this.random = random;
        roundNanos = roundNanos(trace);
        startNanos = (long) (offset * roundNanos);
        while (row < trace.size() && trace.get(row).arrivalNanos() < startNanos) {
            row++;
        }
    }

    /** Mean arrivals per second of a trace as it is, gone round. */
    public static double requestsPerSecond(List<TraceRequest> trace) {
        return trace.size() * 1e9 / roundNanos(trace);
    }

    /** The first request of the next round comes a mean gap after the last of this one. */
    private static long roundNanos(List<TraceRequest> trace) {
        long lastNanos = trace.getLast().arrivalNanos();
        return lastNanos + Math.max(1, lastNanos / Math.max(1, trace.size() - 1));
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    /** The next request; its arrival counts from the offset. */
    @Override
    public TraceRequest next() {
        while (true) {
            if (row == trace.size()) {
                row = 0;
                rounds++;
            }
            TraceRequest request = trace.get(row);
            row++;
            if (kept >= 1 || random.nextDouble() < kept) {
                double nanos = (double) rounds * roundNanos + request.arrivalNanos() - startNanos;
                return new TraceRequest(
                        (long) (nanos / compression),
                        request.promptTokens(),
                        request.outputTokens());
            }
        }
    }

    /** The next so many requests. */
    public List<TraceRequest> take(int requests) {
        List<TraceRequest> taken = new ArrayList<>(requests);
        while (taken.size() < requests) {
            taken.add(next());
        }
        return taken;
    }

    /** The requests up to {@code end}, counted from the offset; the one after them is dropped. */
    public List<TraceRequest> until(Duration end) {
        List<TraceRequest> taken = new ArrayList<>();
        for (TraceRequest next = next(); next.arrivalNanos() < end.toNanos(); next = next()) {
            taken.add(next);
        }
        return taken;
    }
}
