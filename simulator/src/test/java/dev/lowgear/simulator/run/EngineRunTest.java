package dev.lowgear.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.gear.GearPolicies;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.simulator.trace.ChatTrace;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TraceShaping;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

class EngineRunTest {
    private static final EngineProfile PROFILE = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");

    @Test
    void theSameSetupAndTraceGiveTheSameResult() {
        List<TraceRequest> trace = chat(Duration.ofSeconds(30));
        assertThat(run("throttllem", trace)).isEqualTo(run("throttllem", trace));
    }

    @Test
    void everyTokenOfEveryRequestIsServedInAnyGear() {
        List<TraceRequest> trace = chat(Duration.ofSeconds(30));
        long tokens = trace.stream().mapToLong(TraceRequest::outputTokens).sum();
        for (String policy : List.of("maximum-clock", "fixed-clock:705", "throttllem")) {
            RunResult result = run(policy, trace);
            assertThat(result.requests()).isEqualTo(trace.size());
            assertThat(result.tokens()).isEqualTo(tokens);
        }
    }

    @Test
    void requestsBeyondTheBatchWaitInLine() {
        int batch = PROFILE.limits().maxBatch();
        RunResult full = run("maximum-clock", Collections.nCopies(batch, request(0, 10, 50)));
        RunResult more = run("maximum-clock", Collections.nCopies(batch + 1, request(0, 10, 50)));
        assertThat(more.requests()).isEqualTo(batch + 1);
        assertThat(more.seconds())
                .as("the last one begins when the others are done")
                .isGreaterThan(1.3 * full.seconds());
    }

    @Test
    void aFixedClockIsHeldFromTheFirstDirectiveToTheEnd() {
        RunResult result = run("fixed-clock:1005", List.of(request(0, 100, 1_000)));
        assertThat(result.directives()).isEqualTo(1);
        assertThat(result.meanClockMhz()).isBetween(1_005.0, 1_015.0);
        assertThat(result.policy()).isEqualTo("fixed-clock:1005");
    }

    @Test
    void aRequestThatMissesItsTargetIsNotAttained() {
        var hopeless = request(0, 100, 2_000);
        RunResult result = run("fixed-clock:210", List.of(hopeless, request(1, 100, 5)));
        assertThat(result.e2eP99Millis()).isGreaterThan(22_000);
        assertThat(result.attained()).isEqualTo(1);
        assertThat(result.attainment()).isEqualTo(0.5);
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
                                PROFILE,
                                false,
                                1,
                                GearPolicies.parse("maximum-clock"),
                                SloPolicy.STANDARD,
                                ControlTiming.STANDARD,
                                Duration.ofSeconds(2),
                                0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("less than a lease");
    }

    private static RunResult run(String policy, List<TraceRequest> trace) {
        return EngineRun.of(RunSetup.standard(PROFILE, true, 1, GearPolicies.parse(policy)), trace);
    }

    private static List<TraceRequest> chat(Duration length) {
        var generated =
                new ChatTrace(1, ChatTrace.Burst.NONE).generate(length, new SplittableRandom(7));
        return TraceShaping.clip(generated, PROFILE.limits().maxModelLength()).requests();
    }

    private static TraceRequest request(long arrivalMillis, int prompt, int output) {
        return new TraceRequest(arrivalMillis * 1_000_000, prompt, output);
    }
}
