package dev.lowgear.launcher.command;

import dev.lowgear.simulator.comparison.Comparison;

import java.io.PrintWriter;

/** Shows how far a comparison is: a bar while seeds are prepared, then one while policies run. */
final class SimulateProgress implements Comparison.Progress {
    private final PrintWriter out;
    private final boolean terminal;
    private final ProgressBar preparing;
    private ProgressBar running;

    SimulateProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        preparing = new ProgressBar(out, terminal);
        running = preparing;
    }

    /** Shows that there is something to wait for. */
    void begin(int seeds) {
        prepared(0, seeds);
    }

    @Override
    public synchronized void prepared(int seeds, int all) {
        preparing.show(
                seeds,
                all,
                "%d of %d seeds: what their engines can serve, what planners learn"
                        .formatted(seeds, all));
        if (seeds == all) {
            preparing.end();
            running = new ProgressBar(out, terminal);
        }
    }

    @Override
    public synchronized void ran(int runs, int all) {
        running.show(
                runs,
                all,
                "%d of %d runs, %s left".formatted(runs, all, running.left(runs, all - runs)));
        if (runs == all) {
            running.end();
        }
    }
}
