package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.EngineStatus;

/** What one engine served since its start. Written by its thread. */
final class ServedCounters {
    private long promptTokens;
    private long outputTokens;
    private long completed;
    private long attained;
    private long lost;
    private long cancelled;

    void prefilled(int tokens) {
        promptTokens += tokens;
    }

    void token() {
        outputTokens++;
    }

    void completed(boolean metAllTargets) {
        completed++;
        if (metAllTargets) {
            attained++;
        }
    }

    void lost() {
        lost++;
    }

    void cancelled() {
        cancelled++;
    }

    EngineStatus.Served snapshot(long iterations) {
        return new EngineStatus.Served(
                promptTokens, outputTokens, iterations, completed, attained, lost, cancelled);
    }
}
