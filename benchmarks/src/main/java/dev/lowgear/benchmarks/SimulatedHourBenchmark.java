package dev.lowgear.benchmarks;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;
import dev.lowgear.simulator.trace.ChatTrace;
import dev.lowgear.simulator.trace.TraceShaping;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One virtual hour of chat at 1.4 requests per second on one engine, every iteration simulated:
 * what each policy takes beside the one that decides nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SimulatedHourBenchmark {
    private static final EngineProfile PROFILE = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    private static final double REQUESTS_PER_SECOND = 1.4;

    private final Traffic traffic =
            Traffic.of(
                    TraceShaping.clip(
                                    new ChatTrace(REQUESTS_PER_SECOND, ChatTrace.Burst.NONE)
                                            .generate(Duration.ofHours(1), new SplittableRandom(1)),
                                    PROFILE.limits().maxModelLength())
                            .requests());

    /** Prints the comparison. */
    public static void main(String[] arguments) throws RunnerException {
        RunResult hour = new SimulatedHourBenchmark().maximumClock();
        SideBySide.print(SimulatedHourBenchmark.class, "maximumClock");
        System.out.printf(
                "%,d requests, %,d iterations at the maximum clock%n",
                hour.promises().finished(), hour.iterations());
    }

    private RunResult hour(String policy) {
        var specimen = new Specimen(PROFILE, false, 1, 1);
        return EngineRun.of(RunSetup.standard(specimen, Policies.parse(policy)), traffic);
    }

    /** Decides nothing. */
    @Benchmark
    public RunResult maximumClock() {
        return hour("maximum-clock");
    }

    /** Goes down when nothing runs. */
    @Benchmark
    public RunResult fixedClockIdle() {
        return hour("fixed-clock-idle:1005");
    }

    /** The paper's rule. */
    @Benchmark
    public RunResult throttllem() {
        return hour("throttllem-paper");
    }

    /** Lowgear's own, with both levers. */
    @Benchmark
    public RunResult lowgear() {
        return hour("lowgear");
    }
}
