package dev.lowgear.launcher.command;

import dev.lowgear.simulator.study.Campaign;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * Shows how far a study is: a bar that a terminal redraws, or a line for every twentieth. The time
 * left is reckoned from trials that took a while; those found in the folder took none.
 */
final class StudyProgress implements Campaign.Progress {
    private static final int WIDTH = 30;
    private static final int LINES = 20;

    private final PrintWriter out;
    private final boolean terminal;
    private final long begun = System.nanoTime();
    private int found;
    private int line = -1;

    StudyProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public synchronized void done(int trials, int all, int runs) {
        if (runs == 0) {
            found = trials;
        }
        String text =
                "%s %d of %d trials, %d runs now, %s left"
                        .formatted(bar(trials, all), trials, all, runs, left(trials, all));
        if (terminal) {
            out.print("\r" + text + "\033[K");
        } else if (LINES * trials / all != line) {
            line = LINES * trials / all;
            out.println(text);
        }
        out.flush();
    }

    private String left(int trials, int all) {
        int made = trials - found;
        if (made == 0) {
            return "?";
        }
        Duration left = Duration.ofNanos((System.nanoTime() - begun) / made * (all - trials));
        return "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }

    private static String bar(int trials, int all) {
        int full = WIDTH * trials / all;
        return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "]";
    }

    /** Leaves the bar behind. */
    void end() {
        if (terminal) {
            out.println();
        }
    }
}
