package dev.lowgear.launcher.command;

import dev.lowgear.simulator.study.Campaign;

import java.io.PrintWriter;

/**
 * Shows how far a study is. The time left is reckoned from trials that took a while; those found in
 * the folder took none.
 */
final class StudyProgress implements Campaign.Progress {
    private final ProgressBar bar;
    private int found;

    StudyProgress(PrintWriter out, boolean terminal) {
        bar = new ProgressBar(out, terminal);
    }

    @Override
    public synchronized void done(int trials, int all, int runs) {
        if (runs == 0) {
            found = trials;
        }
        bar.show(
                trials,
                all,
                "%d of %d trials, %d runs now, %s left"
                        .formatted(trials, all, runs, bar.left(trials - found, all - trials)));
    }

    /** Leaves the bar behind. */
    void end() {
        bar.end();
    }
}
