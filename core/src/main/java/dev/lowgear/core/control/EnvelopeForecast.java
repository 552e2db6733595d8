package dev.lowgear.core.control;

import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;

/**
 * The operating region that a clock will create before its lease ends.
 *
 * <pre>
 *   n          = a + 2·√a                 arrivals over the horizon, a = arrival rate · horizon; at least 1
 *   batch      = max(requests there are, projected batch within the horizon, token rate · T) + ⌈n⌉
 *   KV tokens  = max(in use, projected within the horizon, token rate · T · KV per request)
 *                + queued prompts + ⌈n⌉ · max(KV per request, chunk)            at most the capacity
 *   prefill    = queued prompt tokens + 4 chunks
 *   busy       = 2 · trim · t(clock, batch, KV tokens, chunk)
 * </pre>
 *
 * {@code T} is the pace: a rested engine serves its tokens in fuller iterations, and the batch this
 * fills up to is part of the region. The Poisson bound {@code a + 2√a} is left once in about forty
 * leases by chance alone. The busy bound is not a promise but a tripwire: an iteration of more than
 * twice the predicted time at the far corner of the region means that the prediction the clock was
 * chosen by is void.
 *
 * <p>The horizon is a whole lease for what an engine is told, and half a lease, with two chunks,
 * for what an envelope told earlier must still cover: so it is told anew well before it is left.
 */
record EnvelopeForecast(
        HostedEngine engine,
        EngineLoad load,
        Projection projection,
        PerformanceModel model,
        double leaseSeconds) {
    private static final double STALLED = 2;

    /**
     * The region around a gear.
     *
     * @param clockIndex its clock, on the model's ladder
     * @param paceMicros its pace, 0 for none
     */
    Reach at(int clockIndex, long paceMicros) {
        return new Reach(
                within(leaseSeconds, 4, clockIndex, paceMicros),
                within(leaseSeconds / 2, 2, clockIndex, paceMicros));
    }

    private Envelope within(double seconds, int chunks, int clockIndex, long paceMicros) {
        int arrivals = arrivals(seconds);
        double filled = load.decodeTokensPerSecond() * paceMicros / 1e6;
        double batch = Math.max(load.requests(), filled);
        double kvTokens = Math.max((double) load.kvTokens(), filled * kvTokensPerRequest());
        double elapsedMicros = 0;
        for (Segment segment : projection.segments()) {
            if (elapsedMicros > seconds * 1e6) {
                break;
            }
            batch = Math.max(batch, segment.batch());
            double atEnd =
                    segment.kvTokens() + segment.kvTokensPerIteration() * segment.iterations();
            kvTokens = Math.max(kvTokens, Math.max(segment.kvTokens(), atEnd));
            elapsedMicros += segment.iterations() * micros(clockIndex, segment);
        }
        int boundedBatch =
                Math.max(
                        load.requests(),
                        (int) Math.min(engine.maximumBatch(), StrictMath.ceil(batch) + arrivals));
        long boundedKv =
                Math.max(
                        load.kvTokens(),
                        (long)
                                Math.min(
                                        (double) load.kvCapacityTokens(),
                                        kvTokens
                                                + (double) load.queuedPrefillTokens()
                                                + arrivals * kvTokensPerArrival()));
        double corner =
                model.iterationMicros(
                        clockIndex, boundedBatch, (double) boundedKv, engine.chunkTokens());
        return new Envelope(
                boundedBatch,
                boundedKv,
                load.queuedPrefillTokens() + (long) chunks * engine.chunkTokens(),
                (long) StrictMath.ceil(STALLED * load.trim() * corner));
    }

    private double micros(int clockIndex, Segment segment) {
        return load.trim()
                * model.iterationMicros(
                        clockIndex,
                        segment.batch(),
                        segment.meanKvTokens(),
                        segment.prefillTokensPerIteration());
    }

    private int arrivals(double seconds) {
        double expected = load.arrivalsPerSecond() * seconds;
        double bound = StrictMath.ceil(expected + 2 * StrictMath.sqrt(expected));
        return (int) Math.clamp(bound, 1, engine.maximumBatch());
    }

    private double kvTokensPerArrival() {
        return Math.max(kvTokensPerRequest(), engine.chunkTokens());
    }

    private double kvTokensPerRequest() {
        int holders = load.running() + load.prefilling();
        return holders == 0 ? 0 : (double) load.kvTokens() / holders;
    }
}
