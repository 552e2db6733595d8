package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationWork;

/**
 * An engine that serves a known workload by a schedule of prices, without noise and without delay:
 * what {@code EngineRun} does, in a fraction of a microsecond an iteration.
 *
 * <p>It is lean because the workload is known: all decoding requests get a token in every
 * iteration, so each one's last iteration is known when it begins, and an iteration touches only
 * the requests that begin or end in it. Batching, chunks, admission for room, the rest between
 * iterations and what ends it are those of core's simulated engine and its agent; nothing is
 * preempted, because admission knows the lengths.
 *
 * <pre>
 *   clock = argmin over f of t(f) · (p(f) + λ_w − C)
 *   pace  = factor_w · ½ · t · (p − p_rest(f)) / λ_w     at most the longest that is allowed
 * </pre>
 *
 * with {@code w} the window in which the iteration starts. When nothing runs the clock is the
 * lowest. An engine is a copy of another one in one step, so that a search can go back to where
 * schedules part.
 */
final class ScheduledEngine {
    private static final double PACE_GAIN = .5;
    private static final double SHORTEST_PACE_GAP_SECONDS = 1e-4;

    /** Sets the price of a window that begins, from the state of the engine. */
    interface Pricing {
        /** A schedule that is as it is. */
        Pricing NONE = (engine, window) -> {};

        void begins(ScheduledEngine engine, int window);
    }

    /** Sees what happens. */
    interface Watch {
        /** Nobody looks. */
        Watch NONE = new Watch() {};

        /** A request has its last token. */
        default void finished(int request, double firstSeconds, double lastSeconds) {}

        /** It rested, at that clock of those that are searched. */
        default void rested(double fromSeconds, double toSeconds, int clock) {}

        /** It iterated. */
        default void iterated(double fromSeconds, double toSeconds, double watts, int clock) {}
    }

    private final KnownTraffic work;
    private final PricedClocks clocks;
    private final EngineLimits limits;
    private final KnownRoom room;
    private final double idleWatts;
    private final double creditWatts;
    private final double longestPaceSeconds;
    private final double softness;
    private Pricing pricing = Pricing.NONE;
    private Watch watch = Watch.NONE;

    private final DecodingRequests decoding;
    private double now;
    private double joules;
    private double overshootWatts;
    private double softMisses;
    private int missed;
    private long iterations;
    private int arrived;
    private int admitted;
    private int prefilled;
    private int headDone;
    private long kvTokens;
    private int window = -1;
    private int decodeClock = -1;
    private int prefillClock = -1;
    private double startedSeconds;
    private double iterationSeconds;
    private double iterationWatts;
    private int clock;

    /**
     * An engine at time 0.
     *
     * @param creditWatts {@code C}
     * @param longestPaceSeconds 0 for an engine that is not rested
     * @param softness share of a target over which a miss is blurred for the search
     */
    ScheduledEngine(
            KnownTraffic work,
            EnginePhysics physics,
            PricedClocks clocks,
            double creditWatts,
            double longestPaceSeconds,
            double softness) {
        this.work = work;
        this.clocks = clocks;
        this.creditWatts = creditWatts;
        this.longestPaceSeconds = longestPaceSeconds;
        this.softness = softness;
        limits = physics.profile().limits();
        room = new KnownRoom(work, limits);
        idleWatts = physics.restWatts(physics.profile().gpu().clocks().lowest());
        decoding = new DecodingRequests(limits.maxBatch());
    }

    ScheduledEngine pricedBy(Pricing rule) {
        pricing = rule;
        return this;
    }

    ScheduledEngine watchedBy(Watch watcher) {
        watch = watcher;
        return this;
    }

    /** The same state as the other engine, which serves the same workload. */
    void copyFrom(ScheduledEngine other) {
        decoding.copyFrom(other.decoding);
        now = other.now;
        joules = other.joules;
        overshootWatts = other.overshootWatts;
        softMisses = other.softMisses;
        missed = other.missed;
        iterations = other.iterations;
        arrived = other.arrived;
        admitted = other.admitted;
        prefilled = other.prefilled;
        headDone = other.headDone;
        kvTokens = other.kvTokens;
        window = other.window;
        decodeClock = other.decodeClock;
        prefillClock = other.prefillClock;
        startedSeconds = other.startedSeconds;
        iterationSeconds = other.iterationSeconds;
        iterationWatts = other.iterationWatts;
        clock = other.clock;
    }

    /** Serves until the first iteration that ends at or after that time. */
    void passTo(Schedule schedule, double endSeconds) {
        arrivals();
        while (now < endSeconds) {
            if (isEmpty()) {
                idleUntil(Math.min(nextArrivalSeconds(), endSeconds));
            } else {
                rest(schedule);
                iterate(schedule);
            }
            arrivals();
        }
    }

    private void idleUntil(double seconds) {
        joules += idleWatts * (seconds - now);
        overshootWatts = 0;
        now = seconds;
    }

    /** When the next request arrives; infinite if none does. */
    double nextArrivalSeconds() {
        return arrived < work.requests ? work.arrivalSeconds[arrived] : Double.POSITIVE_INFINITY;
    }

    private void arrivals() {
        boolean more = false;
        while (arrived < work.requests && work.arrivalSeconds[arrived] <= now) {
            arrived++;
            more = true;
        }
        if (more) {
            admit();
        }
    }

    private void admit() {
        while (admitted < arrived && room.admits(decoding, prefilled, admitted, iterations)) {
            admitted++;
        }
    }

    /** Rests if everything decodes and the pace is not over; an arrival that starts ends it. */
    private void rest(Schedule schedule) {
        if (longestPaceSeconds == 0 || iterations == 0 || prefilled < arrived) {
            return;
        }
        int current = schedule.windowAt(now);
        double factor = schedule.restFactor(current);
        if (factor == 0 || decoding.size() == 0) {
            return;
        }
        double restWatts = clocks.restWatts(clock);
        double pace =
                Math.min(
                        longestPaceSeconds,
                        factor
                                * PACE_GAIN
                                * iterationSeconds
                                * (iterationWatts - restWatts)
                                / Math.max(schedule.priceWatts(current), 1e-6));
        double until = Math.min(startedSeconds + pace, nextArrivalSeconds());
        if (until > now + SHORTEST_PACE_GAP_SECONDS) {
            joules += restWatts * (until - now);
            watch.rested(now, until, clock);
            now = until;
            arrivals();
        }
    }

    private void iterate(Schedule schedule) {
        int batch = decoding.size();
        int budget = limits.chunkTokens() - batch;
        int chunk = 0;
        double attention = 0;
        int next = prefilled;
        int done = headDone;
        while (budget > 0 && next < admitted) {
            int part = Math.min(budget, work.promptTokens[next] - done);
            attention += part * (done + part / 2.0);
            chunk += part;
            budget -= part;
            done += part;
            if (done < work.promptTokens[next]) {
                break;
            }
            next++;
            done = 0;
        }
        kvTokens += batch + chunk;
        var iteration =
                new IterationWork(batch, batch, chunk, chunk > 0 ? 1 : 0, kvTokens, attention);
        choose(schedule, iteration);
        startedSeconds = now;
        iterationSeconds = clocks.seconds(iteration, clock);
        iterationWatts = clocks.watts(iteration, clock);
        overshootWatts = iterationWatts;
        joules += iterationSeconds * iterationWatts;
        now += iterationSeconds;
        watch.iterated(startedSeconds, now, iterationWatts, clock);
        iterations++;
        complete(next, done);
    }

    private void choose(Schedule schedule, IterationWork iteration) {
        int current = schedule.windowAt(now);
        boolean fresh = current != window;
        if (fresh) {
            window = current;
            decodeClock = -1;
            prefillClock = -1;
            pricing.begins(this, current);
        }
        double net = schedule.priceWatts(current) - creditWatts;
        boolean prefills = iteration.prefillTokens() > 0;
        int last = prefills ? prefillClock : decodeClock;
        clock = last < 0 ? clocks.best(iteration, net) : clocks.downhill(iteration, net, last);
        if (prefills) {
            prefillClock = clock;
        } else {
            decodeClock = clock;
        }
    }

    /** Tokens are out: some requests end, and the prompts before {@code next} begin to decode. */
    private void complete(int next, int done) {
        boolean freed = false;
        while (decoding.nextLast() == iterations) {
            int request = decoding.nextRequest();
            kvTokens -= work.promptTokens[request] + work.outputTokens[request] - 1;
            finish(request, decoding.nextFirstSeconds());
            decoding.removeNext();
            freed = true;
        }
        for (int request = prefilled; request < next; request++) {
            if (work.outputTokens[request] == 1) {
                kvTokens -= work.promptTokens[request];
                finish(request, now);
                freed = true;
            } else {
                decoding.add(request, iterations + work.outputTokens[request] - 1, now);
            }
        }
        prefilled = next;
        headDone = done;
        if (freed) {
            admit();
        }
    }

    private void finish(int request, double firstSeconds) {
        double share = work.worstShare(request, firstSeconds, now);
        missed += share > 1 ? 1 : 0;
        softMisses += soft(share);
        watch.finished(request, firstSeconds, now);
    }

    private double soft(double share) {
        return 1 / (1 + StrictMath.exp((1 - share) / softness));
    }

    boolean isEmpty() {
        return decoding.size() == 0 && prefilled == arrived;
    }

    /** Requests that decode. */
    int decoding() {
        return decoding.size();
    }

    /** Requests that arrived and do not decode yet. */
    int waiting() {
        return arrived - prefilled;
    }

    /** Tokens in the KV cache. */
    long kvTokens() {
        return kvTokens;
    }

    double now() {
        return now;
    }

    /** Iterations so far. */
    long iterations() {
        return iterations;
    }

    /** Energy up to a moment not after now and within the last iteration. */
    double joulesAt(double seconds) {
        return joules - overshootWatts * Math.max(0, now - seconds);
    }

    /** Requests that ended and missed a target. */
    int missed() {
        return missed;
    }

    /** Requests that arrived and have not ended. */
    int unfinished() {
        return decoding.size() + arrived - prefilled;
    }

    /** The same, each counted by how nearly it missed. */
    double softMisses() {
        return softMisses;
    }

    /**
     * How nearly those that have not ended will miss, if iterations go on as the last one and
     * prompts take one iteration a chunk.
     */
    double softMissesToCome() {
        double sum = 0;
        double each = iterationSeconds;
        for (int i = 0; i < decoding.size(); i++) {
            double last = now + (decoding.last(i) - iterations) * each;
            sum += soft(work.worstShare(decoding.request(i), decoding.firstSeconds(i), last));
        }
        double first = now;
        for (int request = prefilled; request < arrived; request++) {
            first += each * (1 + work.promptTokens[request] / limits.chunkTokens());
            double last = first + (work.outputTokens[request] - 1) * each;
            sum += soft(work.worstShare(request, first, last));
        }
        return sum;
    }

    /** Tokens still to be generated for those that arrived. */
    long tokensToCome() {
        long tokens = 0;
        for (int i = 0; i < decoding.size(); i++) {
            tokens += decoding.last(i) - iterations;
        }
        for (int request = prefilled; request < arrived; request++) {
            tokens += work.outputTokens[request];
        }
        return tokens;
    }

    /** Prompt tokens still to be prefilled of those that arrived. */
    long promptTokensToCome() {
        long tokens = -headDone;
        for (int request = prefilled; request < arrived; request++) {
            tokens += work.promptTokens[request];
        }
        return tokens;
    }
}
