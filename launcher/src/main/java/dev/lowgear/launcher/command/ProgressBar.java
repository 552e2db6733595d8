package dev.lowgear.launcher.command;

import java.io.PrintWriter;
import java.time.Duration;

/** How far something is: a bar that a terminal redraws, or a line for every twentieth. */
final class ProgressBar {
    private static final int WIDTH = 30;
    private static final int LINES = 20;

    private final PrintWriter out;
    private final boolean terminal;
    private final long begun = System.nanoTime();
    private int line = -1;

    ProgressBar(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** So many of all are done; {@code text} stands beside the bar. */
    void show(int done, int all, String text) {
        int full = WIDTH * done / all;
        String bar = "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + text;
        if (terminal) {
            out.print("\r" + bar + "\033[K");
        } else if (LINES * done / all != line) {
            line = LINES * done / all;
            out.println(bar);
        }
        out.flush();
    }

    /** The time that what is missing will take, if it goes on as since this bar was made. */
    String left(int made, int missing) {
        if (made == 0) {
            return "?";
        }
        Duration left = Duration.ofNanos((System.nanoTime() - begun) / made * missing);
        return "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }

    /** Leaves the bar behind. */
    void end() {
        if (terminal) {
            out.println();
            out.flush();
        }
    }
}
