package dev.lowgear.core.physics;

/**
 * A finished iteration, and what passed since the one before.
 *
 * @param number 1 for the engine's first
 * @param startNanos when it began
 * @param durationNanos its busy time; the pause before it is not part of it
 * @param restNanos pause before it while requests were running: the pace's rest
 * @param idleNanos pause before it without any request
 * @param paceNanos pace in force when it began
 * @param startClockMhz clock in force when it began
 * @param clockMhz clock in force when it ended; differs from the former if a change took effect in
 *     between
 * @param work what it computed
 * @param kvBlocksUsed blocks of the KV cache in use while it ran
 * @param kvBlocks blocks there are
 * @param queued requests waiting in the engine when it ended
 * @param preemptions requests that lost their KV blocks to it and will be recomputed
 * @param energy what was drawn since the iteration before ended
 * @param tokens what it gave out
 */
public record IterationCompleted(
        long number,
        long startNanos,
        long durationNanos,
        long restNanos,
        long idleNanos,
        long paceNanos,
        int startClockMhz,
        int clockMhz,
        IterationWork work,
        int kvBlocksUsed,
        int kvBlocks,
        int queued,
        int preemptions,
        EngineEnergy energy,
        TokenEvents tokens) {

    /** When it ended and its tokens were there. */
    public long endNanos() {
        return startNanos + durationNanos;
    }
}
