package dev.lowgear.simulator.policy;

import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.slo.Latencies;

/** What an engine's metrics endpoint and its energy counter say about a window of time. */
final class ServedWindow {
    private double joules;
    private long promptTokens;
    private long generatedTokens;
    private long iterations;
    private double occupiedSeconds;
    private double tokenSeconds;
    private int answers;
    private boolean missed;

    void iteration(IterationCompleted iteration) {
        joules += iteration.energy().joules();
        promptTokens += iteration.work().prefillTokens();
        generatedTokens += iteration.tokens().size();
        iterations++;
        occupiedSeconds += (iteration.durationNanos() + iteration.restNanos()) / 1e9;
    }

    void answer(Latencies latencies, boolean missedSomething) {
        Latencies.Gaps gaps = latencies.gaps();
        if (gaps != null) {
            tokenSeconds += gaps.mean() / 1e9;
            answers++;
        }
        missed |= missedSomething;
    }

    boolean isEmpty() {
        return iterations == 0;
    }

    /** Whether a request missed a target. */
    boolean missed() {
        return missed;
    }

    /**
     * Energy times mean time per output token: of the answers that ended, or of the iterations if
     * none did.
     */
    double energyDelay() {
        double delay = answers > 0 ? tokenSeconds / answers : occupiedSeconds / iterations;
        return joules * delay;
    }

    long promptTokens() {
        return promptTokens;
    }

    long generatedTokens() {
        return generatedTokens;
    }

    /** Tokens computed per iteration. */
    double packing() {
        return iterations == 0 ? 0 : (double) (promptTokens + generatedTokens) / iterations;
    }
}
