package dev.lowgear.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;
import dev.lowgear.simulator.trace.GeneratedTraffic;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TrafficClass;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

class LoadStepTest {
    private static final EngineProfile H100 = EngineProfile.parse("llama-3.1-8b/h100/tp1");
    private static final Workload CHAT =
            Workload.of(
                    "chat",
                    GeneratedTraffic.steady(TrafficClass.CHAT, 5)
                            .generate(Duration.ofMinutes(10), new SplittableRandom(1)));

    @Test
    void hasTheSameRequestsBeforeAndAfterWithTheStepAndWithout() {
        List<TraceRequest> stepped = step(1.2).traffic().requests();
        List<TraceRequest> steady = step(.5).traffic().requests();
        assertThat(stepped).hasSize(900);
        assertThat(stepped.subList(0, 200)).isEqualTo(steady.subList(0, 200));
        assertThat(lengths(stepped, 300)).isEqualTo(lengths(steady, 300));
        assertThat(seconds(stepped, 200, 300)).isCloseTo(100 / 6.0, within(6.0));
        assertThat(seconds(steady, 200, 300)).isCloseTo(100 / 2.5, within(10.0));
        assertThat(step(1.2).settledNanos()).isEqualTo(stepped.get(600).arrivalNanos());
    }

    /** Everybody judged, all energy counted: then it must be what the run itself says. */
    @Test
    void judgesAsTheRunItselfDoes() {
        Traffic traffic = step(1.2).traffic();
        var all = new LoadStep(traffic, 0, traffic.requests().size(), 0);
        var targets =
                new SloTargets(
                        Duration.ofMillis(60), Duration.ofMillis(12), null, Duration.ofSeconds(4));
        RunSetup setup =
                RunSetup.standard(Specimen.of(H100, 1), Policies.parse("maximum-clock"))
                        .withSlo(SloPolicy.STANDARD.withTargets(targets));
        var watch = new StepWatch(all, targets);
        RunResult result = EngineRun.of(setup, traffic, watch);
        Measured measured = watch.measured(0, 0);
        assertThat(result.promises().allMet()).isBetween(1, result.requests() - 1);
        assertThat(measured.attained()).isEqualTo(result.promises().allMet());
        assertThat(measured.ttftMet()).isEqualTo(result.promises().ttftMet());
        assertThat(measured.tbtMet()).isEqualTo(result.promises().tbtMet());
        assertThat(measured.e2eMet()).isEqualTo(result.promises().e2eMet());
        assertThat(measured.joules()).isBetween(.5 * result.joules(), result.joules());
    }

    private static LoadStep step(double middleRate) {
        return LoadStep.of(CHAT, H100, .5, middleRate, 0.9, 200, 1);
    }

    private static List<Integer> lengths(List<TraceRequest> requests, int from) {
        return requests.stream().skip(from).map(TraceRequest::outputTokens).toList();
    }

    private static double seconds(List<TraceRequest> requests, int from, int to) {
        return (requests.get(to).arrivalNanos() - requests.get(from).arrivalNanos()) / 1e9;
    }
}
