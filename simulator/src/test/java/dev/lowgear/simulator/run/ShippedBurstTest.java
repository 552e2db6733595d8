package dev.lowgear.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.trace.ShippedTrace;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TraceShaping;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** The shipped trace on the demonstration's engine under the policy standard. */
class ShippedBurstTest {
    private static final EngineProfile PROFILE = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");

    /** Seed 1, perturbed, is the specimen of the demonstration. */
    @ParameterizedTest(name = "perturbed {0}, seed {1}")
    @CsvSource({"false, 1", "true, 1"})
    void aFixed1005MegahertzDoesNotSurviveTheBurstAndTheMaximumClockDoes(
            boolean perturbed, long seed) {
        RunResult maximum = serve("maximum-clock", perturbed, seed);
        RunResult fixed = serve("fixed-clock:1005", perturbed, seed);

        assertThat(maximum.attainment()).as("%s", maximum).isGreaterThanOrEqualTo(0.99);
        assertThat(fixed.attainment()).as("%s", fixed).isLessThan(0.97);
        assertThat(fixed.joules()).isLessThan(maximum.joules());
    }

    @ParameterizedTest(name = "perturbed {0}, seed {1}")
    @CsvSource({"false, 1", "true, 1"})
    void thePapersRuleSurvivesItWithLessEnergyThanTheMaximumClock(boolean perturbed, long seed) {
        RunResult maximum = serve("maximum-clock", perturbed, seed);
        RunResult ruled = serve("throttllem", perturbed, seed);

        assertThat(ruled.attainment()).isGreaterThanOrEqualTo(maximum.attainment() - 0.01);
        assertThat(ruled.tokens()).isEqualTo(maximum.tokens());
        assertThat(ruled.joulesPerToken())
                .as("%s against %s", ruled, maximum)
                .isLessThan(maximum.joulesPerToken());
    }

    private static RunResult serve(String policy, boolean perturbed, long seed) {
        List<TraceRequest> trace =
                TraceShaping.clip(
                                ShippedTrace.requests(ShippedTrace.LENGTH),
                                PROFILE.limits().maxModelLength())
                        .requests();
        var specimen = new Specimen(PROFILE, perturbed, seed, 1);
        return EngineRun.of(RunSetup.standard(specimen, Policies.parse(policy)), Traffic.of(trace));
    }
}
