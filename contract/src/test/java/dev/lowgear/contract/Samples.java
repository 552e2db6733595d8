package dev.lowgear.contract;

import dev.lowgear.core.control.ControllerState;
import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.control.Fence;
import dev.lowgear.core.control.Tally;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.AttainmentServo;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.Knots;
import dev.lowgear.core.performance.OperatingPoint;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.RegionSupport;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableIdentity;
import dev.lowgear.core.performance.TableQuality;
import dev.lowgear.core.performance.Tables;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.Target;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One sample of every record on the wire, as the golden files hold it. */
final class Samples {
    static final Fence FENCE = new Fence(41, 1_700_000_000_123L, 977);

    private Samples() {}

    /** Samples by golden file name. */
    static Map<String, Object> all() {
        Map<String, Object> samples = new LinkedHashMap<>();
        samples.put("iteration-telemetry", iteration());
        samples.put("iteration-telemetry-sampled", sampledIteration());
        samples.put("power-window", powerWindow());
        samples.put(
                "request-received",
                new RequestEvent.Received(
                        1,
                        "req-1",
                        "llama-2-13b",
                        1_764_000_000_000L,
                        "acme",
                        "standard",
                        1020,
                        2048));
        samples.put(
                "request-admitted",
                new RequestEvent.Admitted(
                        1, "req-1", "llama-2-13b", 1_764_000_000_004L, "engine-1", 1020, 4));
        samples.put(
                "request-first-token",
                new RequestEvent.FirstToken(
                        1, "req-1", "llama-2-13b", 1_764_000_000_120L, "engine-1", 120_000));
        samples.put(
                "request-completed",
                new RequestEvent.Completed(
                        1,
                        "req-1",
                        "llama-2-13b",
                        1_764_000_004_000L,
                        "engine-1",
                        "standard",
                        1020,
                        129,
                        false,
                        120_000,
                        30_312L,
                        55_000L,
                        4_000_000,
                        71_250L,
                        List.of(Target.E2E)));
        samples.put(
                "request-cancelled",
                new RequestEvent.Cancelled(
                        1, "req-2", "llama-2-13b", 1_764_000_004_001L, "engine-1", 300, 17));
        samples.put(
                "request-rejected",
                new RequestEvent.Rejected(
                        1, "req-3", "llama-2-13b", 1_764_000_004_002L, null, "queue full"));
        samples.put(
                "request-lost",
                new RequestEvent.Lost(
                        1, "req-4", "llama-2-13b", 1_764_000_004_003L, "engine-1", "e2e by 2.1 s"));
        samples.put("engine-projection", projection());
        samples.put(
                "directive-set-gear",
                new DirectiveMessage.SetGear(
                        1,
                        "engine-1",
                        FENCE,
                        5_000_000_000L,
                        2000,
                        new Gear(1005, 0),
                        new Envelope(24, 60_000, 2048, 95_000),
                        "engine-1-977",
                        "LOWEST_FEASIBLE",
                        "1005 MHz is the lowest clock that keeps every deadline"));
        samples.put(
                "directive-release",
                new DirectiveMessage.Release(
                        1, "engine-1", FENCE, 5_000_000_000L, "UNTRUSTED", "telemetry is stale"));
        samples.put(
                "directive-renewals",
                new DirectiveMessage.Renewals(
                        1,
                        "node-a",
                        2000,
                        List.of(
                                new DirectiveMessage.Renewal(
                                        "engine-1", FENCE, 5_000_000_000L, "engine-1-977"))));
        samples.put(
                "decision",
                new DecisionMessage(
                        1,
                        "engine-1-977",
                        "engine-1",
                        new DecisionMessage.Engine(
                                "llama-2-13b/a100-40gb/tp2", 256, 512, List.of(210, 1005, 1410)),
                        projection(),
                        List.of(new DecisionMessage.PolicyRevision("standard", 1)),
                        "llama-2-13b-3",
                        "lowgear",
                        ControllerState.initial(
                                42,
                                12,
                                List.of(
                                        new Tally(
                                                "standard",
                                                400,
                                                3,
                                                new AttainmentServo(.0013, .95, .02))),
                                7_000_000_000L),
                        9_000_000_000L,
                        new Gear(1005, 48_000),
                        new Envelope(20, 30_000, 2_560, 80_000),
                        "urgency-price",
                        "1005 MHz costs least; the work there is prices time at 61 W; an iteration"
                                + " every 48 ms is enough",
                        "time is worth 61 W (urgency-price)",
                        List.of(1005),
                        31_200.0,
                        402.5));
        samples.put("controller-took", new ControllerStateMessage.Took(1, 3, "scheduler-a"));
        samples.put(
                "controller-engine-state",
                new ControllerStateMessage.EngineState(
                        1,
                        "engine-1",
                        1.04,
                        12,
                        List.of(
                                new ControllerStateMessage.Servo(
                                        "standard", 400, 3, .0013, .95, .02))));
        samples.put("agent-inventory", inventory());
        samples.put("slo-policy", SloPolicyMessage.of(SloPolicy.STANDARD, 7));
        samples.put("performance-table", PerformanceTableMessage.of(table()));
        return samples;
    }

    /** Two clocks and two knots an axis: the smallest table there is. */
    static PerformanceTable table() {
        var grid =
                new TableGrid(
                        ClockLadder.of(1005, 1410),
                        Knots.of(0, 32),
                        Knots.of(0, 50_000),
                        Knots.of(0, 512));
        return PerformanceTable.tabulate(
                new TableIdentity(
                        "llama-2-13b-a100-40gb-tp2-v3",
                        3,
                        "llama-2-13b",
                        "a100-40gb",
                        2,
                        "llama-2-13b/a100-40gb/tp2"),
                grid,
                new Tables.Multilinear(grid.clocks()),
                new TableQuality(
                        4_800,
                        new FitError(1_200, 0.991, 310.5, 0.0125),
                        new FitError(1_200, 0.74, 4_410.25, 0.21),
                        null,
                        null,
                        false,
                        RegionSupport.over(grid)
                                .plus(List.of(new OperatingPoint(1005, 12, 21_400, 0))),
                        Instant.ofEpochMilli(1_764_000_000_000L),
                        Instant.ofEpochMilli(1_764_000_060_000L)));
    }

    static EngineObservation observation() {
        return new EngineObservation(
                new EngineId("engine-1"),
                1_700_000_000_123L,
                977,
                5_000_000_000L,
                new EngineLoad(12, 1, 0, 21_400, 105_000, 512, 0.83, 1.02, 410.5, 1.4),
                new Projection(
                        List.of(
                                new Segment(4, 12, 21_400, 12, 512, Segment.NO_LIMIT),
                                new Segment(100, 13, 22_000, 12.5, 0, 60_000)),
                        List.of(new Deadline(1, 9_000_000, 0.05, Target.E2E, "req-1"))),
                List.of(new PolicyLoad("standard", 12, 1, 15.25, 0)),
                List.of(new FinishedRequest("standard", Set.of(Target.E2E), true, 1.25)),
                new Gear(1110, 0),
                new Pacing(true, 80_000));
    }

    static EngineProjection projection() {
        return EngineProjection.of(
                observation(), "node-a", "llama-2-13b", "llama-2-13b/a100-40gb/tp2");
    }

    static IterationTelemetry iteration() {
        return new IterationTelemetry(
                1,
                "node-a",
                "engine-1",
                1_700_000_000_123L,
                "llama-2-13b",
                "llama-2-13b/a100-40gb/tp2",
                "a100-40gb",
                2,
                40_213,
                1_764_000_000_000_000L,
                31_250,
                0L,
                0L,
                13,
                0,
                512,
                1,
                512L,
                12,
                21_400L,
                1345L,
                6561L,
                1005,
                1005,
                12_480L,
                0L,
                List.of(),
                "engine-1-977",
                IterationTelemetry.Source.ENGINE,
                1);
    }

    static IterationTelemetry sampledIteration() {
        return new IterationTelemetry(
                1,
                "node-a",
                "engine-2",
                1,
                "llama-2-13b",
                "llama-2-13b/a100-40gb/tp2",
                "a100-40gb",
                2,
                250,
                1_764_000_000_000_000L,
                30_000,
                null,
                null,
                8,
                null,
                0,
                null,
                null,
                8,
                null,
                null,
                null,
                null,
                1410,
                null,
                null,
                null,
                null,
                IterationTelemetry.Source.SAMPLED,
                33);
    }

    static PowerWindow powerWindow() {
        return new PowerWindow(
                1,
                "node-a",
                "engine-1",
                "llama-2-13b",
                "llama-2-13b/a100-40gb/tp2",
                "a100-40gb",
                2,
                1_764_000_000_000_000L,
                1_004_000,
                412_345,
                0.81,
                0.0,
                1005,
                11.5,
                20_950.5,
                88.2,
                0.25,
                true);
    }

    static AgentInventory inventory() {
        return new AgentInventory(
                1,
                "node-a",
                17,
                "http://127.0.0.1:8081",
                3,
                List.of(
                        new AgentInventory.Gpu(
                                "GPU-00000000-0000-0000-0000-000000000001",
                                "a100-40gb",
                                List.of(210, 1005, 1410),
                                400)),
                List.of(
                        new AgentInventory.Engine(
                                "engine-1",
                                "llama-2-13b",
                                "llama-2-13b/a100-40gb/tp2",
                                "llama-2-13b/a100-40gb/tp2",
                                "simulated",
                                "ready",
                                2,
                                256,
                                105_000,
                                16,
                                512,
                                4096,
                                true,
                                List.of("GPU-00000000-0000-0000-0000-000000000001"))),
                false);
    }
}
