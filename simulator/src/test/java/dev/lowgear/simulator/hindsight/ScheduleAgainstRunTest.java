package dev.lowgear.simulator.hindsight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.physics.EngineEnergy;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/** The lean engine against the whole one, with its noise and delays, at the highest clock. */
class ScheduleAgainstRunTest {
    @ParameterizedTest(name = "{0} requests per second, seed {1}")
    @CsvSource({"0.3, 1", "1.5, 2", "2.6, 3"})
    void drawsTheEnergyAndTakesTheTimeOfAWholeRun(double perSecond, long seed) {
        Traffic traffic = Traffic.of(Requests.chat(perSecond, Duration.ofMinutes(8), seed));
        Specimen specimen = Specimen.of(Requests.PROFILE, seed);
        EnginePhysics physics = specimen.physics();
        RunResult whole =
                EngineRun.of(RunSetup.standard(specimen, Policies.parse("maximum-clock")), traffic);

        var known =
                new KnownTraffic(traffic.requests(), SloPolicy.STANDARD.targets(), whole.seconds());
        Schedule dearest = new Schedule(1, 1, 1);
        var found =
                new ScheduleSearch.Found(dearest, -1e9, 0, 0, 0); // nobody credits so little power
        RunResult lean = new ServedSchedule(known, physics, found, 0).result("lean");

        EngineEnergy energy = whole.energy();
        double idleAtLowest =
                energy.idleJoules() * physics.restWatts(210) / physics.restWatts(1_410);
        assertThat(lean.joules())
                .isCloseTo(energy.busyJoules() + idleAtLowest, Percentage.withPercentage(1));
        assertThat(lean.energy().busyJoules())
                .isCloseTo(energy.busyJoules(), Percentage.withPercentage(1));
        assertThat(lean.gears().busyShare()).isCloseTo(whole.gears().busyShare(), within(.01));
        assertThat(lean.peakWatts()).isCloseTo(whole.peakWatts(), Percentage.withPercentage(3));
        assertThat(lean.tokens()).isEqualTo(whole.tokens());
        assertThat((double) lean.iterations())
                .isCloseTo((double) whole.iterations(), Percentage.withPercentage(1.5));
        assertThat(lean.attainment()).isCloseTo(whole.attainment(), within(.004));
        assertThat(lean.e2e().p50()).isCloseTo(whole.e2e().p50(), Percentage.withPercentage(2));
    }
}
