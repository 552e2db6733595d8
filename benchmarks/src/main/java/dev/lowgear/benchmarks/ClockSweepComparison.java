package dev.lowgear.benchmarks;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.physics.BatchExperiment;
import dev.lowgear.core.physics.EnginePhysics;

import java.io.IOException;
import java.io.PrintStream;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The simulated A100 against EnergyLLM's sweep of a real one: time, power and energy relative to
 * the highest clock of the same batch, averaged over batches. Batches below 8 are left out: some of
 * their replies stopped early.
 */
final class ClockSweepComparison {
    private static final int SMALLEST_BATCH = 8;
    private static final int HIGHEST_CLOCK = 1410;

    private final EnginePhysics physics =
            EnginePhysics.nominal(EngineProfile.parse("llama-3.1-8b/a100-40gb/tp1"));
    private final NavigableMap<Integer, NavigableMap<Integer, Cell>> cellsByBatch = new TreeMap<>();

    /** Seconds, watts and joules of a batch. */
    private record Cell(double seconds, double watts, double joules) {
        Cell relativeTo(Cell full) {
            return new Cell(seconds / full.seconds, watts / full.watts, joules / full.joules);
        }
    }

    ClockSweepComparison(MeasuredRows sweep) throws IOException {
        for (int row = 0; row < sweep.rows().size(); row++) {
            int batch = (int) sweep.number(row, "batch_size");
            if (batch >= SMALLEST_BATCH) {
                cellsByBatch
                        .computeIfAbsent(batch, b -> new TreeMap<>())
                        .put(
                                (int) sweep.number(row, "gpu_frequency_mhz"),
                                new Cell(
                                        sweep.number(row, "total_latency_s"),
                                        sweep.number(row, "avg_gpu_power_w"),
                                        sweep.number(row, "energy_j")));
            }
        }
        cellsByBatch.values().removeIf(cells -> !cells.containsKey(HIGHEST_CLOCK));
        if (cellsByBatch.isEmpty()) {
            throw new IOException(
                    sweep.file()
                            + " has no batch of "
                            + SMALLEST_BATCH
                            + " or more at "
                            + HIGHEST_CLOCK
                            + " MHz");
        }
    }

    void print(PrintStream out) {
        out.printf(
                "%s, whole batches relative to %d MHz, mean over batches %s%n"
                        + "  MHz  time meas. sim.   off  power meas. sim.   off"
                        + "  energy meas. sim.   off%n",
                physics.profile(), HIGHEST_CLOCK, cellsByBatch.keySet());
        double worst = 0;
        NavigableMap<Integer, Cell> clocks = new TreeMap<>();
        cellsByBatch.values().forEach(clocks::putAll);
        for (int clock : clocks.descendingKeySet()) {
            worst = Math.max(worst, printClock(out, clock));
        }
        out.printf("  largest deviation %.1f %%%n", 100 * worst);
        out.printf("  least energy, batch: measured / simulated MHz%n");
        cellsByBatch.forEach((batch, cells) ->
                out.printf(
                        "  %5d: %4d / %4d%n",
                        batch, cheapest(cells), cheapest(simulated(batch, cells))));
    }

    private double printClock(PrintStream out, int clock) {
        double[] measured = new double[3];
        double[] simulated = new double[3];
        int n = 0;
        for (var entry : cellsByBatch.entrySet()) {
            NavigableMap<Integer, Cell> cells = entry.getValue();
            Cell full = cells.get(HIGHEST_CLOCK);
            Cell cell = cells.get(clock);
            if (cell == null || full == null) {
                continue;
            }
            add(measured, cell.relativeTo(full));
            int batch = entry.getKey();
            add(simulated, simulate(batch, clock).relativeTo(simulate(batch, HIGHEST_CLOCK)));
            n++;
        }
        double worst = 0;
        out.printf("%5d", clock);
        for (int i = 0; i < 3; i++) {
            double off = simulated[i] / measured[i] - 1;
            worst = Math.max(worst, Math.abs(off));
            out.printf("  %10.3f %5.3f %+4.1f%%", measured[i] / n, simulated[i] / n, 100 * off);
        }
        out.println();
        return worst;
    }

    private NavigableMap<Integer, Cell> simulated(int batch, NavigableMap<Integer, Cell> measured) {
        NavigableMap<Integer, Cell> cells = new TreeMap<>();
        measured.keySet().forEach(clock -> cells.put(clock, simulate(batch, clock)));
        return cells;
    }

    private Cell simulate(int batch, int clock) {
        BatchExperiment.Result result =
                BatchExperiment.SHARE_GPT.run(physics, batch, clock, new SplittableRandom(1));
        return new Cell(result.seconds(), result.watts(), result.joules());
    }

    private static int cheapest(NavigableMap<Integer, Cell> cells) {
        int best = HIGHEST_CLOCK;
        double least = Double.POSITIVE_INFINITY;
        for (var entry : cells.entrySet()) {
            if (entry.getValue().joules() < least) {
                least = entry.getValue().joules();
                best = entry.getKey();
            }
        }
        return best;
    }

    private static void add(double[] sums, Cell cell) {
        sums[0] += cell.seconds();
        sums[1] += cell.watts();
        sums[2] += cell.joules();
    }
}
