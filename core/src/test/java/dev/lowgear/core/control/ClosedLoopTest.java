package dev.lowgear.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Ten minutes of chat on four engines whose physics nobody told the control plane. */
class ClosedLoopTest {
    private static final int ENGINES = 4;

    private static ClosedLoop.Report minutes(String policy, double arrivalsPerSecond) {
        var together = new ClosedLoop.Report();
        for (long seed = 1; seed <= ENGINES; seed++) {
            together.add(
                    ClosedLoop.of(policy, 2.5, seed, arrivalsPerSecond, Duration.ofMinutes(10)));
        }
        return together;
    }

    @Test
    void governedEnginesSaveAThirdAndKeepAttainmentWithinAPointOfTheMaximumClock() {
        ClosedLoop.Report maximum = minutes("maximum-clock", 1.5);
        ClosedLoop.Report governed = minutes("throttllem", 1.5);

        assertThat(governed.requests).isGreaterThan(3_000);
        assertThat(governed.attainment()).isGreaterThan(maximum.attainment() - 0.01);
        assertThat(governed.joules).isLessThan(0.70 * maximum.joules);
    }

    @Test
    void lightlyLoadedEnginesSaveToo() {
        ClosedLoop.Report maximum = minutes("maximum-clock", 0.5);
        ClosedLoop.Report governed = minutes("throttllem", 0.5);

        assertThat(governed.attainment()).isGreaterThan(maximum.attainment() - 0.01);
        assertThat(governed.joules).isLessThan(0.75 * maximum.joules);
    }

    @Test
    void aMinuteOfExplorationVisitsMostClocksUnderLoad() {
        for (long seed = 1; seed <= ENGINES; seed++) {
            ClosedLoop.Report report =
                    ClosedLoop.of("throttllem", 2.5, seed, 1.5, Duration.ofSeconds(59));
            assertThat(report.exploredMhz).as("seed " + seed).hasSizeGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void envelopesAreRarelyLeftAndNoLeaseEndsByItself() {
        ClosedLoop.Report governed = minutes("throttllem", 1.5);
        double seconds = ENGINES * 600.0;
        assertThat(governed.reflexes + governed.loadReflexes).isLessThan((int) (seconds / 20));
        assertThat(governed.released).isEqualTo(governed.reflexes + governed.loadReflexes);
    }
}
