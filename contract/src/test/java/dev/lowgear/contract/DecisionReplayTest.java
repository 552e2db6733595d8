package dev.lowgear.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.control.Answer;
import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.control.ControllerState;
import dev.lowgear.core.control.Decision;
import dev.lowgear.core.control.DecisionInput;
import dev.lowgear.core.control.EngineControl;
import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.control.Fence;
import dev.lowgear.core.control.ModelInForce;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.LowestFeasibleClock;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.observation.PolicyLoad;
import dev.lowgear.core.performance.Tables;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.PolicyRevision;
import dev.lowgear.core.slo.Target;

import java.util.List;
import java.util.SplittableRandom;

class DecisionReplayTest {
    private static final ClockLadder CLOCKS = ClockLadder.stepped(210, 1410, 15);
    private static final ModelInForce MODEL =
            new ModelInForce.Prior(new Tables.Multilinear(CLOCKS));

    private static DecisionInput randomInput(SplittableRandom random) {
        int batch = random.nextInt(1, 60);
        var projection =
                new Projection(
                        List.of(
                                new Segment(
                                        random.nextInt(1, 300),
                                        batch + random.nextDouble(),
                                        random.nextDouble(50_000),
                                        random.nextDouble(60),
                                        0,
                                        Segment.NO_LIMIT)),
                        List.of(
                                new Deadline(
                                        0,
                                        random.nextLong(20_000_000),
                                        random.nextDouble(0.01, 1),
                                        Target.E2E,
                                        "r1")));
        var observation =
                new EngineObservation(
                        new EngineId("e1"),
                        random.nextLong(),
                        random.nextLong(1, Long.MAX_VALUE),
                        random.nextLong(),
                        new EngineLoad(
                                batch,
                                0,
                                random.nextInt(3),
                                random.nextLong(60_000),
                                100_000,
                                random.nextLong(2_000),
                                random.nextDouble(),
                                random.nextDouble(0.8, 1.5),
                                random.nextDouble(900),
                                random.nextDouble(5)),
                        projection,
                        List.of(new PolicyLoad("standard", batch, 0, random.nextDouble(), 0)),
                        List.of(),
                        Gear.clock(CLOCKS.mhz(random.nextInt(CLOCKS.size()))),
                        Pacing.IMPOSSIBLE);
        return new DecisionInput(
                new HostedEngine(
                        new EngineId("e1"), new AgentId("a1"), "m", "p", "f", 64, 512, CLOCKS),
                observation,
                List.of(PolicyRevision.BUILT_IN),
                MODEL,
                ControllerState.initial(random.nextLong(), random.nextInt(100), List.of(), 0),
                random.nextLong(10_000_000_000L));
    }

    @Seeds(count = 100)
    void decisionReadFromTheWireIsMadeAgainAlike(SplittableRandom random) {
        var control = new EngineControl(new LowestFeasibleClock(), ControlTiming.STANDARD);
        DecisionInput input = randomInput(random);
        Decision decision = control.decide(input);
        var fence = new Fence(1, input.observation().incarnation(), input.observation().sequence());
        var sent = DecisionMessage.of(new Answer(input, decision, fence, "d1"), "throttllem");

        DecisionMessage read =
                MessageCodec.decode(MessageCodec.encode(sent), DecisionMessage.class);
        DecisionInput again = read.toCore(List.of(PolicyRevision.BUILT_IN), MODEL);
        assertThat(again).isEqualTo(input);
        assertThat(control.decide(again)).isEqualTo(decision);
    }
}
