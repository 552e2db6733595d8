package dev.lowgear.benchmarks;

import dev.lowgear.core.admission.CapacityAdmission;
import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.control.ControllerState;
import dev.lowgear.core.control.Decision;
import dev.lowgear.core.control.DecisionInput;
import dev.lowgear.core.control.EngineControl;
import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.control.ModelInForce;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.DeadlinePlan;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.GearPolicies;
import dev.lowgear.core.observation.LoadMeter;
import dev.lowgear.core.observation.PaceGuard;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.observation.Urgency;
import dev.lowgear.core.performance.AnalyticModel;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.RegionSupport;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.core.performance.TableQuality;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.core.projection.Forecast;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.ProjectionForm;
import dev.lowgear.core.projection.Projector;
import dev.lowgear.core.projection.Scoreboard;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.KaplanMeierLengths;
import dev.lowgear.core.request.LengthObservation;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.PolicyRevision;
import dev.lowgear.core.slo.Promise;
import dev.lowgear.core.slo.SloPolicy;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What a decision takes, and of what it is made, with so many requests running on an engine of 81
 * clocks: {@code lowgear} is projection, urgency, pace guard and plan together, from scoreboard to
 * gear; {@code throttllem} is the same with the paper's rule in place of the plan.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionBenchmark {
    private static final EngineProfile PROFILE = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    private static final long NOW = 10_000_000_000L;

    /** Requests running. */
    @Param({"16", "64", "256"})
    private int batch;

    private final Projector projector =
            new Projector(
                    PROFILE.limits().kvBlockTokens(),
                    PROFILE.limits().chunkTokens(),
                    new ProjectionForm.AtQuantile(.5));
    private final Projector expected =
            new Projector(
                    PROFILE.limits().kvBlockTokens(),
                    PROFILE.limits().chunkTokens(),
                    new ProjectionForm.Expected());
    private final PerformanceTable table = table();
    private final ClockRange clocks = ClockRange.of(table.clocks(), ClockBounds.ANY);
    private final EngineControl lowgear = control("lowgear");
    private final EngineControl throttllem = control("throttllem");
    private final LoadMeter meter = new LoadMeter(0);
    private final Scoreboard scoreboard = new Scoreboard();
    private final KaplanMeierLengths lengths = KaplanMeierLengths.standard();
    private Projection projection = Projection.IDLE;
    private DeadlinePlan plan = plan();

    /** Prints the comparison. */
    public static void main(String[] arguments) throws RunnerException {
        SideBySide.print(DecisionBenchmark.class, "lowgear");
    }

    private static EngineControl control(String policy) {
        return new EngineControl(GearPolicies.parse(policy), ControlTiming.STANDARD);
    }

    private static PerformanceTable table() {
        AnalyticModel model = AnalyticModel.of(PROFILE);
        TableGrid grid = TableGrid.covering(model.clocks(), PROFILE.limits());
        var identity = new TableIdentity("benchmark", 1, "llama-2-13b", "a100-40gb", 2, "");
        double[] exact = {1, 2, 3};
        FitError none = FitError.of(exact, exact);
        var quality =
                new TableQuality(
                        none.count(),
                        none,
                        null,
                        null,
                        null,
                        false,
                        RegionSupport.over(grid),
                        Instant.EPOCH,
                        Instant.EPOCH);
        return PerformanceTable.tabulate(identity, grid, model, quality);
    }

    /** Fills the scoreboard with requests of mixed ages and learned lengths. */
    @Setup
    public void fill() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            int tokens = 1 + (int) Math.exp(random.nextDouble(1, 6.5));
            lengths.observe(
                    new LengthObservation(
                            RequestShape.of("llama-2-13b", random.nextInt(1, 2_000), 2_048),
                            tokens,
                            false));
        }
        for (int i = 0; i < batch; i++) {
            String id = "request-" + i;
            RequestShape shape = RequestShape.of("llama-2-13b", random.nextInt(1, 400), 2_048);
            long arrival = NOW - random.nextLong(8_000_000_000L);
            scoreboard.admit(
                    new ScoreboardEntry(
                            id,
                            shape,
                            Promise.of(SloPolicy.STANDARD),
                            lengths.curve(id, shape),
                            0,
                            arrival));
            meter.arrived(arrival);
            if (i % 16 > 0) {
                scoreboard.prefilled(id, shape.promptTokens());
                for (int token = random.nextInt(1, 100); token > 0; token--) {
                    scoreboard.token(id, arrival + 500_000_000L);
                }
            }
        }
        meter.completed(30_000_000L, batch, NOW);
        projection = forecast().projection().compact(16);
        plan = plan();
    }

    private Forecast forecast() {
        return projector.forecast(scoreboard.entries(), NOW);
    }

    private DeadlinePlan plan() {
        return DeadlinePlan.of(projection, table, clocks, 100, 1.3, 1);
    }

    private Decision decide(EngineControl control) {
        var seen =
                new EngineObservation(
                        new EngineId("agent.engine-0"),
                        1,
                        1,
                        NOW,
                        meter.load(
                                scoreboard.entries(), PROFILE.limits().kvCapacityTokens(), 1, NOW),
                        forecast().projection().compact(16),
                        Urgency.byPolicy(scoreboard.entries(), NOW),
                        List.of(),
                        Gear.clock(1005),
                        new Pacing(true, PaceGuard.micros(scoreboard.entries(), 30_000, NOW)));
        return control.decide(
                new DecisionInput(
                        new HostedEngine(
                                new EngineId("agent.engine-0"),
                                new AgentId("agent"),
                                "llama-2-13b",
                                PROFILE.id(),
                                "fingerprint",
                                PROFILE.limits().maxBatch(),
                                PROFILE.limits().chunkTokens(),
                                table.clocks()),
                        seen,
                        List.of(new PolicyRevision(SloPolicy.STANDARD, 1)),
                        new ModelInForce.Learned(table, new TrustGate(1, 0)),
                        ControllerState.initial(1, 0, List.of(), 0),
                        NOW));
    }

    /** From scoreboard to gear. */
    @Benchmark
    public Decision lowgear() {
        return decide(lowgear);
    }

    /** The same with the paper's rule. */
    @Benchmark
    public Decision throttllem() {
        return decide(throttllem);
    }

    /** The projection that both use. */
    @Benchmark
    public Projection projection() {
        return forecast().projection().compact(16);
    }

    /** The projection over whole length distributions, as admission and lost requests use it. */
    @Benchmark
    public Projection projectionOfDistributions() {
        return expected.forecast(scoreboard.entries(), NOW).projection().compact(16);
    }

    /** Building the plan: every segment's hull over all clocks. */
    @Benchmark
    public DeadlinePlan planning() {
        return plan();
    }

    /** The search for the price alone, which allocates nothing. */
    @Benchmark
    public double priceSearch() {
        return plan.priceWatts();
    }

    /** Whether one more request may start. */
    @Benchmark
    public boolean admission() {
        ScoreboardEntry last = scoreboard.entries().iterator().next();
        return new CapacityAdmission(PROFILE.limits(), expected, 0, 30_000)
                .decide(scoreboard.entries(), last, NOW)
                .starts();
    }
}
