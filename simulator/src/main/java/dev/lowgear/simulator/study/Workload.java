package dev.lowgear.simulator.study;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.simulator.trace.TraceLoop;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TraceShaping;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A trace that runs are made from: at any rate, from any place in it, as long as wanted.
 *
 * @param name for people
 * @param shape what kind of traffic it is
 * @param requests in order of arrival, at least one
 * @param fingerprint of every row
 */
public record Workload(String name, Shape shape, List<TraceRequest> requests, String fingerprint) {
    private static final int CHAT_OUTPUT_TOKENS = 64;

    /** A kind of traffic, with what its end-to-end target is, in light-load 99th percentiles. */
    public enum Shape {
        /** Long answers, steady arrivals. */
        CHAT(2.7),
        /** Short answers in bursts, which want more slack. */
        CODE(4);

        private final double e2eFactor;

        Shape(double e2eFactor) {
            this.e2eFactor = e2eFactor;
        }

        /** End-to-end target over the 99th percentile of the maximum clock at light load. */
        public double e2eFactor() {
            return e2eFactor;
        }
    }

    public Workload {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("a workload has requests");
        }
        requests = List.copyOf(requests);
    }

    /** Of that shape. */
    public static Workload of(String name, Shape shape, List<TraceRequest> requests) {
        return new Workload(name, shape, requests, fingerprintOf(requests));
    }

    /** Chat if its answers have 64 tokens or more on average, code otherwise. */
    public static Workload of(String name, List<TraceRequest> requests) {
        double mean = requests.stream().mapToInt(TraceRequest::outputTokens).average().orElse(0);
        return of(name, mean >= CHAT_OUTPUT_TOKENS ? Shape.CHAT : Shape.CODE, requests);
    }

    /** Mean arrivals per second. */
    public double requestsPerSecond() {
        return TraceLoop.requestsPerSecond(requests);
    }

    /**
     * So many requests of it, cut to the engine's window where they exceed it.
     *
     * @param rate multiplies its rate
     * @param offset share of the trace to begin at, in [0, 1)
     * @param seed draws the rows that are kept
     */
    public TraceShaping.Clipped arrivals(
            EngineProfile profile, double rate, double offset, int count, long seed) {
        var loop = new TraceLoop(requests, rate, offset, new SplittableRandom(seed));
        return TraceShaping.clip(loop.take(count), profile.limits().maxModelLength());
    }

    /**
     * Where in a trace the runs of a seed begin, as a share of it: spread evenly over it, however
     * many seeds there are.
     */
    public static double offset(long seed) {
        double golden = seed * 0.618033988749895;
        return golden - Math.floor(golden);
    }

    private static String fingerprintOf(List<TraceRequest> requests) {
        MessageDigest digest = Fingerprint.digest();
        ByteBuffer row = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES);
        for (TraceRequest request : requests) {
            row.clear();
            row.putLong(request.arrivalNanos());
            row.putInt(request.promptTokens()).putInt(request.outputTokens());
            digest.update(row.array());
        }
        return Fingerprint.of(digest);
    }
}
