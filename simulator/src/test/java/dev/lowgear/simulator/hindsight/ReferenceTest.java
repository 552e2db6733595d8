package dev.lowgear.simulator.hindsight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ReferenceTest {
    private static final RunSetup SETUP =
            RunSetup.standard(
                    Specimen.of(Requests.PROFILE, 4), Policies.parse("fixed-clock-idle:1005"));
    private static final Traffic TRAFFIC = Traffic.of(Requests.chat(.8, Duration.ofMinutes(2), 4));

    @Test
    void theBoundIsBelowWhatIsFoundAndThatBelowWhatIsServed() {
        RunResult served = EngineRun.of(SETUP, TRAFFIC);
        RunResult bound = Reference.RELAXED_BOUND.run(SETUP, TRAFFIC, 1);
        RunResult clock = Reference.CLAIRVOYANT_CLOCK_ONLY.run(SETUP, TRAFFIC, 1);
        RunResult both = Reference.CLAIRVOYANT.run(SETUP, TRAFFIC, 1);
        assertThat(bound.joules()).isLessThan(both.joules());
        assertThat(both.joules()).isLessThan(clock.joules());
        assertThat(clock.joules()).isLessThan(served.joules());
        for (RunResult each : new RunResult[] {bound, clock, both}) {
            assertThat(each.seconds()).isEqualTo(served.seconds());
            assertThat(each.tokens()).isEqualTo(served.tokens());
            assertThat(each.requests()).isEqualTo(served.requests());
            assertThat(each.attainment()).isGreaterThanOrEqualTo(.99);
        }
        assertThat(both.gears().restShare()).isGreaterThan(.05);
        assertThat(clock.gears().restShare()).isZero();
    }

    @Test
    void areFoundByTheNamesTheyAreReportedUnder() {
        assertThat(Reference.names())
                .containsExactly("clairvoyant", "clairvoyant-clock-only", "relaxed-bound");
        for (String name : Reference.names()) {
            assertThat(Reference.named(name).orElseThrow().run(SETUP, TRAFFIC, 1).policy())
                    .isEqualTo(name);
        }
        assertThat(Reference.named("lowgear")).isEmpty();
    }

    @Test
    void refuseSeveralEngines() {
        assertThatThrownBy(() -> Reference.RELAXED_BOUND.run(SETUP.withEngines(2), TRAFFIC, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one engine, not of 2");
    }
}
