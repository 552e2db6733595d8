package dev.lowgear.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds the simulated GPUs against measurements of real ones, which are not part of this project:
 * the argument is the folder they lie in.
 *
 * <pre>{@code
 * mvn -pl benchmarks -am package -DskipTests -Pbench -Dbench="PhysicsComparison /where/they/lie"
 * }</pre>
 */
public final class PhysicsComparison {
    private static final String CLOCK_SWEEP = "a100-llama31-8b-clock-batch.csv";
    private static final String LEADERBOARD = "mlenergy-v3-runs.csv";

    private PhysicsComparison() {}

    /** Prints the comparison; exit code 2 without a folder or if a table cannot be read. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length != 1) {
            err.println(
                    "usage: PhysicsComparison FOLDER, where measurements of GPUs lie: "
                            + CLOCK_SWEEP
                            + " or "
                            + LEADERBOARD);
            return 2;
        }
        try {
            print(Path.of(arguments[0]), out);
            return 0;
        } catch (IOException e) {
            err.println("physics comparison: " + e.getMessage());
            return 2;
        }
    }

    static void print(Path folder, PrintStream out) throws IOException {
        Path sweep = folder.resolve(CLOCK_SWEEP);
        Path leaderboard = folder.resolve(LEADERBOARD);
        if (Files.exists(sweep)) {
            new ClockSweepComparison(MeasuredRows.read(sweep)).print(out);
        } else {
            out.println("no clock sweep compared: there is no " + sweep);
        }
        if (Files.exists(leaderboard)) {
            new LeaderboardComparison(MeasuredRows.read(leaderboard)).print(out);
        } else {
            out.println("no leaderboard compared: there is no " + leaderboard);
        }
    }
}
