package dev.lowgear.core.projection;

import dev.lowgear.core.request.LengthObservation;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.request.SurvivalCurve;
import dev.lowgear.core.slo.Latencies;
import dev.lowgear.core.slo.Promise;
import dev.lowgear.core.slo.Target;

/**
 * What the scoreboard knows of one request: its prompt, what is left of its prefill, the tokens it
 * has generated, how long its answer may become, and what it was promised. Changed only by its
 * {@link Scoreboard}; read by projection, admission and observation on the same thread.
 */
public final class ScoreboardEntry {
    private final String requestId;
    private final RequestShape shape;
    private final Promise promise;
    private final int cachedTokens;
    private final long arrivalNanos;
    private final TokenGaps gaps = new TokenGaps();
    private SurvivalCurve curve;
    private int prefillTokens;
    private boolean started;
    private int generated;
    private long firstTokenNanos;
    private long lastTokenNanos;
    private boolean lost;
    private boolean lostOnArrival;

    /**
     * A request that has not begun.
     *
     * @param cachedTokens tokens of the prompt whose KV cache is already there, less than all
     * @param arrivalNanos when it arrived at the gateway, on the agent's monotonic clock
     */
    public ScoreboardEntry(
            String requestId,
            RequestShape shape,
            Promise promise,
            SurvivalCurve curve,
            int cachedTokens,
            long arrivalNanos) {
        if (cachedTokens < 0 || cachedTokens >= shape.promptTokens()) {
            throw new IllegalArgumentException(
                    "a cached prefix is shorter than the prompt of "
                            + shape.promptTokens()
                            + ", got "
                            + cachedTokens);
        }
        this.requestId = requestId;
        this.shape = shape;
        this.promise = promise;
        this.curve = curve;
        this.cachedTokens = cachedTokens;
        this.arrivalNanos = arrivalNanos;
        this.prefillTokens = shape.promptTokens() - cachedTokens;
    }

    /** Whose entry it is. */
    public String requestId() {
        return requestId;
    }

    /** What was known before it ran. */
    public RequestShape shape() {
        return shape;
    }

    /** What it was promised. */
    public Promise promise() {
        return promise;
    }

    /** How long its answer may become. */
    public SurvivalCurve curve() {
        return curve;
    }

    /** When it arrived. */
    public long arrivalNanos() {
        return arrivalNanos;
    }

    /** Prompt tokens that are its own: without the cached prefix. */
    public int promptTokens() {
        return shape.promptTokens() - cachedTokens;
    }

    /** Tokens still to be prefilled; after a preemption the generated ones again. */
    public int prefillTokens() {
        return prefillTokens;
    }

    /** Tokens generated so far. */
    public int generated() {
        return generated;
    }

    /** Whether it decodes: prefilled, and its first token is out. */
    public boolean isDecoding() {
        return prefillTokens == 0 && generated > 0;
    }

    /** Whether none of its prompt has been prefilled yet. */
    public boolean isWaiting() {
        return !started;
    }

    /** Whether its first token is out. */
    public boolean hasFirstToken() {
        return generated > 0;
    }

    /** When its first token came; only where there is one. */
    public long firstTokenNanos() {
        return firstTokenNanos;
    }

    /** Whether it cannot meet its deadline even at the maximum clock with pace 0. */
    public boolean isLost() {
        return lost;
    }

    /** Whether no gear could have saved it: it was lost before it began. */
    public boolean wasLostOnArrival() {
        return lostOnArrival;
    }

    /** Whether its deadlines bind the plan: it is not lost, or its policy rescues it. */
    public boolean imposesDeadlines() {
        return !lost || promise.rescueLost();
    }

    /** KV-cache tokens it uses now. */
    public int kvTokens() {
        return promptTokens() + generated - prefillTokens;
    }

    /** How long it took until its last token; only where there is a token. */
    public Latencies latencies() {
        if (generated == 0) {
            throw new IllegalStateException("request " + requestId + " has no token yet");
        }
        return new Latencies(
                firstTokenNanos - arrivalNanos,
                lastTokenNanos - arrivalNanos,
                gaps.isEmpty() ? null : gaps.summary());
    }

    /** What its length teaches. */
    public LengthObservation length(boolean censored) {
        return new LengthObservation(shape, generated, censored);
    }

    /** Nanoseconds from now until a target's deadline from arrival; negative if past. */
    long remainingNanos(Target target, long nowNanos) {
        long promised = promise.targets().nanos(target);
        return promised == Long.MAX_VALUE ? promised : promised - (nowNanos - arrivalNanos);
    }

    void prefilled(int tokens) {
        if (tokens < 0 || tokens > prefillTokens) {
            throw new IllegalArgumentException(
                    "request "
                            + requestId
                            + " has "
                            + prefillTokens
                            + " tokens to prefill, not "
                            + tokens);
        }
        started = true;
        prefillTokens -= tokens;
    }

    void token(long nowNanos) {
        started = true;
        prefillTokens = 0;
        if (generated == 0) {
            firstTokenNanos = nowNanos;
        } else {
            gaps.add(nowNanos - lastTokenNanos);
        }
        lastTokenNanos = nowNanos;
        generated++;
    }

    void preempted() {
        started = false;
        prefillTokens = promptTokens() + generated;
    }

    void reestimated(SurvivalCurve now) {
        curve = now;
    }

    void markLost() {
        lost = true;
        lostOnArrival |= !started && generated == 0;
    }
}
