package dev.lowgear.core.observation;

import org.jspecify.annotations.Nullable;

/**
 * Turns counter readings and iterations into windows with a known busy share. A counter renews
 * every 20 to 100 ms, far too coarse for iterations of 30 ms, so energy is known per window only; a
 * window ends at the first look after its least length.
 */
public final class WindowMeter {
    private final long lengthNanos;
    private long startNanos;
    private long startMillijoules;
    private long busyNanos;
    private long restNanos;
    private double batch;
    private double kvTokens;
    private double prefillTokens;
    private long prefillNanos;
    private int firstClockMhz;
    private boolean clockChanged;

    /**
     * What a window needs to know of an iteration.
     *
     * @param busyNanos how long it took, never counting the rest before it
     * @param restNanos rest before it
     * @param decodeTokens requests that decoded
     * @param kvTokens tokens in the KV cache
     * @param prefillTokens prompt tokens prefilled
     * @param clockMhz its clock, absent if it changed meanwhile
     */
    public record Iteration(
            long busyNanos,
            long restNanos,
            int decodeTokens,
            long kvTokens,
            int prefillTokens,
            @Nullable Integer clockMhz) {}

    /**
     * One finished window.
     *
     * @param lengthNanos its length
     * @param millijoules counter delta
     * @param busyFraction share spent in iterations
     * @param restFraction share spent resting between iterations
     * @param clockMhz the clock, absent if it changed
     * @param meanBatch mean decoding requests over busy time
     * @param meanKvTokens mean KV tokens over busy time
     * @param meanPrefillTokens mean prefill tokens per iteration over busy time
     * @param prefillShare share of the busy time in iterations that prefill
     * @param stable whether the clock was steady
     */
    public record Window(
            long lengthNanos,
            long millijoules,
            double busyFraction,
            double restFraction,
            @Nullable Integer clockMhz,
            double meanBatch,
            double meanKvTokens,
            double meanPrefillTokens,
            double prefillShare,
            boolean stable) {}

    /** Begins the first window. */
    public WindowMeter(long lengthNanos, long nowNanos, long millijoules, int clockMhz) {
        this.lengthNanos = lengthNanos;
        begin(nowNanos, millijoules, clockMhz);
    }

    /** An iteration has ended. */
    public void add(Iteration iteration) {
        busyNanos += iteration.busyNanos();
        restNanos += iteration.restNanos();
        batch += (double) iteration.decodeTokens() * iteration.busyNanos();
        kvTokens += (double) iteration.kvTokens() * iteration.busyNanos();
        prefillTokens += (double) iteration.prefillTokens() * iteration.busyNanos();
        prefillNanos += iteration.prefillTokens() > 0 ? iteration.busyNanos() : 0;
        Integer clock = iteration.clockMhz();
        clockChanged |= clock == null || clock != firstClockMhz;
    }

    /** Whether the window is long enough. */
    public boolean isDue(long nowNanos) {
        return nowNanos - startNanos >= lengthNanos;
    }

    /** When it will be. */
    public long dueNanos() {
        return startNanos + lengthNanos;
    }

    /** Ends the window and begins the next. */
    public Window end(long nowNanos, long millijoules, int clockMhz) {
        long length = nowNanos - startNanos;
        // an iteration that began in the last window ends in this one
        double busy = Math.min(1, (double) busyNanos / length);
        double rest = Math.min(1 - busy, (double) restNanos / length);
        double weight = Math.max(1, busyNanos);
        boolean changed = clockChanged || clockMhz != firstClockMhz;
        Window window =
                new Window(
                        length,
                        Math.max(0, millijoules - startMillijoules),
                        busy,
                        rest,
                        changed ? null : (Integer) clockMhz,
                        batch / weight,
                        kvTokens / weight,
                        prefillTokens / weight,
                        prefillNanos / weight,
                        !changed);
        begin(nowNanos, millijoules, clockMhz);
        return window;
    }

    private void begin(long nowNanos, long millijoules, int clockMhz) {
        startNanos = nowNanos;
        startMillijoules = millijoules;
        firstClockMhz = clockMhz;
        busyNanos = 0;
        restNanos = 0;
        batch = 0;
        kvTokens = 0;
        prefillTokens = 0;
        prefillNanos = 0;
        clockChanged = false;
    }
}
