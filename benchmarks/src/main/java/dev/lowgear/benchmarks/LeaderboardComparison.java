package dev.lowgear.benchmarks;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationWork;

import java.io.IOException;
import java.io.PrintStream;

/**
 * The simulated H100 against the ML.ENERGY leaderboard's chat runs at the default clock: time
 * between tokens and watts over the batch, up to the batch our engines run.
 */
final class LeaderboardComparison {
    /**
     * Mean tokens a chat request holds: a short prompt and, over its life, half to all its output.
     */
    private static final int CONTEXT_TOKENS = 400;

    private final MeasuredRows runs;

    LeaderboardComparison(MeasuredRows runs) {
        this.runs = runs;
    }

    void print(PrintStream out) throws IOException {
        print(out, "meta-llama/Llama-3.1-8B-Instruct", "llama-3.1-8b/h100/tp1");
        print(out, "meta-llama/Llama-3.1-70B-Instruct", "llama-3-70b/h100/tp4");
    }

    private void print(PrintStream out, String model, String profileName) throws IOException {
        EngineProfile profile = EngineProfile.parse(profileName);
        EnginePhysics physics = EnginePhysics.nominal(profile);
        out.printf(
                "%s, decoding %d tokens per request at %d MHz, against %s%n"
                        + " batch   ms meas.  sim.   off   W meas.  sim.   off%n",
                profile, CONTEXT_TOKENS, profile.gpu().defaultClockMhz(), model);
        for (int row = 0; row < runs.rows().size(); row++) {
            int batch = (int) runs.number(row, "max_num_seqs");
            if (runs.text(row, "task").equals("lm-arena-chat")
                    && runs.text(row, "model_id").equals(model)
                    && runs.text(row, "gpu_model").equals("H100")
                    && runs.number(row, "num_gpus") == profile.tensorParallel()
                    && batch <= profile.limits().maxBatch()) {
                printRow(out, physics, batch, row);
            }
        }
    }

    private void printRow(PrintStream out, EnginePhysics physics, int batch, int row)
            throws IOException {
        int clock = physics.profile().gpu().defaultClockMhz();
        IterationWork work = IterationWork.decode(batch, (long) CONTEXT_TOKENS * batch);
        double millis = physics.iterationNanos(work, clock) * 1e-6;
        double watts = physics.busyWatts(work, clock);
        double measuredMillis = runs.number(row, "median_itl_ms");
        double measuredWatts = runs.number(row, "avg_power_w_total");
        out.printf(
                "%6d   %7.1f %5.1f %+4.1f%%   %7.0f %5.0f %+4.1f%%%n",
                batch,
                measuredMillis,
                millis,
                100 * (millis / measuredMillis - 1),
                measuredWatts,
                watts,
                100 * (watts / measuredWatts - 1));
    }
}
