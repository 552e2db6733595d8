package dev.lowgear.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.simulator.policy.LengthSource;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.trace.ChatTrace;
import dev.lowgear.simulator.trace.TraceRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

class EngineRunTest {
    private static final EngineProfile PROFILE = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    private static final Specimen SPECIMEN = Specimen.of(PROFILE, 1);
    private static final PlannerTable PHYSICS = PlannerTable.ofPhysics(SPECIMEN);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    @Test
    void theSameSetupAndTrafficGiveTheSameResult() {
        RunSetup setup = setup("throttllem").withTimeline();
        assertThat(EngineRun.of(setup, chat(HALF_A_MINUTE)))
                .isEqualTo(EngineRun.of(setup, chat(HALF_A_MINUTE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maximum-clock", "fixed-clock:705", "throttllem"})
    void everyTokenOfEveryRequestIsServedInAnyGearAndInTheSameTime(String policy) {
        Traffic traffic = chat(HALF_A_MINUTE);
        long tokens = traffic.requests().stream().mapToLong(TraceRequest::outputTokens).sum();
        RunResult result = EngineRun.of(setup(policy), traffic);
        assertThat(result.requests()).isEqualTo(traffic.requests().size());
        assertThat(result.promises().finished()).isEqualTo(traffic.requests().size());
        assertThat(result.tokens()).isEqualTo(tokens);
        assertThat(result.seconds()).isEqualTo(90);
    }

    @Test
    void requestsBeyondTheBatchWaitInLine() {
        int batch = PROFILE.limits().maxBatch();
        RunResult full = run("maximum-clock", Collections.nCopies(batch, request(0, 10, 50)));
        RunResult more = run("maximum-clock", Collections.nCopies(batch + 1, request(0, 10, 50)));
        assertThat(more.requests()).isEqualTo(batch + 1);
        assertThat(more.ttft().byHalfPercent()[200])
                .as("the last one begins when the first is done")
                .isGreaterThan(full.e2e().byHalfPercent()[0])
                .isGreaterThan(1.3 * full.ttft().byHalfPercent()[200]);
    }

    @Test
    void aFixedClockIsHeldFromTheFirstDirectiveToTheEnd() {
        RunResult result = run("fixed-clock:1005", List.of(request(0, 100, 1_000)));
        assertThat(result.directives()).isEqualTo(1);
        assertThat(result.gears().clockSwitches()).isEqualTo(1);
        assertThat(result.gears().reflexes()).isZero();
        assertThat(result.meanClockMhz()).isBetween(1_005.0, 1_015.0);
        assertThat(result.policy()).isEqualTo("fixed-clock:1005");
    }

    @Test
    void aRequestThatMissesItsTargetIsNotAttained() {
        var hopeless = request(0, 100, 2_000);
        RunResult result = run("fixed-clock:210", List.of(hopeless, request(1, 100, 5)));
        assertThat(result.promises().e2e()).isEqualTo(.5);
        assertThat(result.promises().tbt()).isEqualTo(1);
        assertThat(result.promises().ttft()).as("not promised").isEqualTo(1);
        assertThat(result.attained()).isEqualTo(1);
        assertThat(result.attainment()).isEqualTo(.5);
    }

    @Test
    void whatIsNotDoneWhenTheDrainEndsCountsAsMissed() {
        RunResult result = run("fixed-clock:210", Collections.nCopies(400, request(0, 1_000, 500)));
        assertThat(result.promises().finished()).isLessThan(400);
        assertThat(result.requests()).isEqualTo(400);
        assertThat(result.attainment()).isLessThan(.1);
    }

    @Test
    void requestsThatNoClockCouldHaveSavedAreCountedAsLost() {
        // 400 prompts of 1,000 tokens are more than the engine prefills in 22 s at any clock
        RunResult burst = run("maximum-clock", Collections.nCopies(400, request(0, 1_000, 50)));
        assertThat(burst.promises().lost()).isBetween(100, 399);
        RunResult calm = EngineRun.of(setup("maximum-clock"), chat(HALF_A_MINUTE));
        assertThat(calm.promises().lost()).isZero();
    }

    @Test
    void energyIsAccountedToTheLastSecondIdleIncluded() {
        RunResult result = run("fixed-clock:1005", List.of(request(0, 100, 1_000)));
        double watts = SPECIMEN.physics().restWatts(1_005);
        assertThat(result.energy().idleJoules() / watts)
                .isCloseTo(60 - result.e2e().p50() / 1e3, within(.5));
        assertThat(result.joules())
                .isEqualTo(
                        result.energy().busyJoules()
                                + result.energy().restJoules()
                                + result.energy().idleJoules());
        assertThat(result.peakWatts() * result.seconds()).isGreaterThan(result.joules());
    }

    @Test
    void idlePowerCountsInTheMeasureItIsMultipliedBy() {
        var fitted = new Specimen(PROFILE, false, 1, 1);
        var thirsty = new Specimen(PROFILE, false, 1, 1.4);
        Traffic traffic = Traffic.of(List.of(request(0, 100, 1_000)));
        var policy = Policies.parse("maximum-clock");
        RunResult usual = EngineRun.of(RunSetup.standard(fitted, policy), traffic);
        RunResult more = EngineRun.of(RunSetup.standard(thirsty, policy), traffic);
        assertThat(more.energy().idleJoules())
                .isCloseTo(1.4 * usual.energy().idleJoules(), within(1e-6));
        assertThat(more.energy().busyJoules())
                .as("a stalled iteration waits at the power of rest")
                .isCloseTo(usual.energy().busyJoules(), withinPercentage(.1));
    }

    @Test
    void aTimelineIsBoundedAndAddsUpToTheEnergy() {
        Traffic traffic = chat(Duration.ofMinutes(14));
        RunResult result = EngineRun.of(setup("maximum-clock").withTimeline(), traffic);
        Timeline timeline = result.timeline().orElseThrow();
        assertThat(timeline.stepSeconds()).isEqualTo(2);
        assertThat(timeline.steps()).hasSize(450);
        double joules = timeline.steps().stream().mapToDouble(step -> 2 * step.watts()).sum();
        assertThat(joules).isCloseTo(result.joules(), within(1e-6 * result.joules()));
        assertThat(timeline.steps().getFirst().clockMhz()).isEqualTo(1_410);
        assertThat(timeline.steps().getLast().batch()).isZero();
    }

    @Test
    void severalEnginesShareTheTraffic() {
        Traffic traffic = chat(HALF_A_MINUTE);
        RunResult one = EngineRun.of(setup("maximum-clock"), traffic);
        RunResult four = EngineRun.of(setup("maximum-clock").withEngines(4), traffic);
        assertThat(four.tokens()).isEqualTo(one.tokens());
        assertThat(four.e2e().p99()).isLessThan(one.e2e().p99());
        assertThat(four.joules()).isGreaterThan(2 * one.joules());
    }

    @ParameterizedTest
    @ValueSource(strings = {"learned", "oracle", "noisy:0.3"})
    void lengthsFromAnywhereServeTheSameRequests(String lengths) {
        Traffic traffic = chat(HALF_A_MINUTE);
        RunResult result =
                EngineRun.of(setup("throttllem").withLengths(LengthSource.parse(lengths)), traffic);
        assertThat(result.promises().finished()).isEqualTo(traffic.requests().size());
    }

    @Test
    void aTableOfThePhysicsIsRightWhereItInterpolates() {
        for (EnginePhysics physics :
                List.of(
                        EnginePhysics.nominal(PROFILE),
                        EnginePhysics.perturbed(PROFILE, new SplittableRandom(1)))) {
            assertThat(PhysicsTable.of(physics).quality().passes(TrustGate.STANDARD)).isTrue();
        }
    }

    @Test
    void refusesARunWithoutRequestsAndADelayBeyondTheLease() {
        assertThatThrownBy(() -> run("maximum-clock", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one request");
        assertThatThrownBy(() ->
                        new RunSetup(
                                SPECIMEN,
                                1,
                                Policies.parse("maximum-clock"),
                                SloPolicy.STANDARD,
                                LengthSource.LEARNED,
                                PHYSICS,
                                ControlTiming.STANDARD,
                                Duration.ofSeconds(2),
                                false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("less than a lease");
    }

    private static RunSetup setup(String policy) {
        return RunSetup.standard(SPECIMEN, Policies.parse(policy)).withTable(PHYSICS);
    }

    private static RunResult run(String policy, List<TraceRequest> trace) {
        return EngineRun.of(setup(policy), Traffic.of(trace));
    }

    private static Traffic chat(Duration length) {
        var generated =
                new ChatTrace(1, ChatTrace.Burst.NONE).generate(length, new SplittableRandom(7));
        return Traffic.drawn(generated, 1, length, PROFILE.limits().maxModelLength(), 1);
    }

    private static TraceRequest request(long arrivalMillis, int prompt, int output) {
        return new TraceRequest(arrivalMillis * 1_000_000, prompt, output);
    }
}
