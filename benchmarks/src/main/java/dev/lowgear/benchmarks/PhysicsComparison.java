package dev.lowgear.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Holds the simulated GPUs against measurements of real ones, which are not part of this project:
 * the argument is the folder they lie in. Without one, {@code ../shared/data} beside the repository
 * is read when it is there.
 */
public final class PhysicsComparison {
    private static final String CLOCK_SWEEP = "a100-llama31-8b-clock-batch.csv";
    private static final String LEADERBOARD = "mlenergy-v3-runs.csv";

    private PhysicsComparison() {}

    /** Prints the comparison; exit code 2 if a table cannot be read. */
    public static void main(String[] arguments) {
        try {
            print(arguments.length > 0 ? Path.of(arguments[0]) : besideTheRepository(), System.out);
        } catch (IOException e) {
            System.err.println("physics comparison: " + e.getMessage());
            System.exit(2);
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

    /** Maven starts benches in the module's folder, people in the repository's. */
    private static Path besideTheRepository() {
        return Stream.of(Path.of("../shared/data"), Path.of("../../shared/data"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of("../shared/data"));
    }
}
