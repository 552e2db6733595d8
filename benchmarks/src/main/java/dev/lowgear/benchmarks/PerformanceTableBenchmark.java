package dev.lowgear.benchmarks;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.performance.ModelTrainer;
import dev.lowgear.performance.TrainedModel;
import dev.lowgear.performance.TrainingSample;
import dev.lowgear.performance.TrainingSet;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asking a performance table against asking the model it was made from: the trained model with its
 * trees in flat arrays, and the same through Tribuo's own prediction. One operation is one
 * iteration time at one operating point; {@code tableAtEveryClock} is one load at all 81 clocks of
 * an A100.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class PerformanceTableBenchmark {
    private static final int LOADS = 1024;

    private final int[] clock = new int[LOADS];
    private final double[] batch = new double[LOADS];
    private final double[] kvTokens = new double[LOADS];
    private final double[] prefillTokens = new double[LOADS];
    private final TrainedModel model = train();
    private final PerformanceTable table =
            model.table(new TableIdentity("benchmark", 1, "llama-2-13b", "a100-40gb", 2, ""));
    private final double[] byClock = new double[table.clocks().size()];
    private int next;

    /** Prints the comparison. */
    public static void main(String[] arguments) throws RunnerException {
        SideBySide.print(PerformanceTableBenchmark.class, "table");
    }

    /** Draws the loads that are asked for. */
    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < LOADS; i++) {
            clock[i] = random.nextInt(table.clocks().size());
            batch[i] = random.nextInt(200);
            kvTokens[i] = random.nextInt(50_000);
            prefillTokens[i] = random.nextInt(4) == 0 ? random.nextInt(300) : 0;
        }
    }

    private int turn() {
        next = (next + 1) % LOADS;
        return next;
    }

    /** One lookup. */
    @Benchmark
    public double table() {
        int i = turn();
        return table.iterationMicros(clock[i], batch[i], kvTokens[i], prefillTokens[i]);
    }

    /** One load at every clock. */
    @Benchmark
    public double[] tableAtEveryClock() {
        int i = turn();
        table.iterationMicros(batch[i], kvTokens[i], prefillTokens[i], byClock);
        return byClock;
    }

    /** The trained model, trees in flat arrays. */
    @Benchmark
    public double trainedModel() {
        int i = turn();
        return model.iterationMicros(clock[i], batch[i], kvTokens[i], prefillTokens[i]);
    }

    /** The trained model through Tribuo's prediction. */
    @Benchmark
    public double trainedModelThroughTribuo() {
        int i = turn();
        return model.iterationMicrosThroughTribuo(
                clock[i], batch[i], kvTokens[i], prefillTokens[i]);
    }

    /** A model of telemetry that the prior does not explain, as a real engine's is. */
    private static TrainedModel train() {
        EngineProfile profile = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
        AnalyticModel prior = AnalyticModel.of(profile);
        ClockLadder clocks = prior.clocks();
        SplittableRandom random = new SplittableRandom(2);
        List<TrainingSample> samples = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            int clock = random.nextInt(clocks.size());
            int batch = random.nextInt(1, 200);
            int kvTokens = random.nextInt(profile.limits().kvCapacityTokens());
            int prefillTokens = random.nextInt(3) == 0 ? random.nextInt(300) : 0;
            double launch = 1_500 / clocks.relative(clock) + 20 * batch;
            double tiles = batch > 64 ? 1.1 : 1;
            double micros =
                    launch
                            + tiles
                                    * prior.iterationMicros(clock, batch, kvTokens, prefillTokens)
                                    * (0.98 + 0.04 * random.nextDouble());
            samples.add(
                    new TrainingSample(
                            i * 40_000L,
                            clocks.mhz(clock),
                            batch,
                            kvTokens,
                            prefillTokens,
                            0,
                            micros));
        }
        TableGrid grid = TableGrid.covering(clocks, profile.limits());
        return new ModelTrainer(prior, grid)
                .train(new TrainingSet(samples, List.of()))
                .orElseThrow();
    }
}
