package dev.lowgear.simulator.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.simulator.policy.Policies;
import dev.lowgear.simulator.run.EngineRun;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.RunSetup;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.run.Traffic;
import dev.lowgear.simulator.trace.ChatTrace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.SplittableRandom;

class LearnedTableTest {
    private static final Specimen A100 =
            Specimen.of(EngineProfile.parse("llama-2-13b/a100-40gb/tp2"), 1);
    private static final LearnedTables TABLES = new LearnedTables();

    @ParameterizedTest
    @CsvSource({
        "llama-2-13b/a100-40gb/tp2, 1",
        "llama-2-13b/a100-40gb-dgx/tp2, 4",
        "llama-3.1-8b/h100/tp1, 5"
    })
    void telemetryTeachesWhatThePriorDoesNotKnow(String profile, long seed) {
        LearnedTable learned = TABLES.learned(Specimen.of(EngineProfile.parse(profile), seed));
        TableCheck check = learned.check();
        assertThat(check.time().count()).isEqualTo(2_000);
        assertThat(check.time().r2()).as("%s", check).isGreaterThanOrEqualTo(.97);
        assertThat(check.time().mape()).as("%s", check).isLessThanOrEqualTo(.04);
        assertThat(check.watts().r2()).as("%s", check).isGreaterThanOrEqualTo(.98);
        assertThat(check.watts().mape()).as("%s", check).isLessThanOrEqualTo(.03);
        assertThat(check.priorTime().mape()).as("%s", check).isGreaterThanOrEqualTo(.15);
        assertThat(check.priorWatts().mape()).as("%s", check).isGreaterThanOrEqualTo(.15);
        assertThat(learned.table().quality().wattsLearned()).isTrue();
    }

    @Test
    void theGateOfLiveUseLetsItSteerFromHalfTheClockUp() {
        PerformanceTable table = TABLES.learned(A100).table();
        for (double batch : new double[] {1, 8, 32}) {
            for (int mhz : new int[] {705, 1_005, 1_410}) {
                int clock = table.clocks().indexAtLeast(mhz);
                assertThat(table.trusted(TrustGate.STANDARD, clock, batch, 700 * batch, 0))
                        .as("%d MHz, batch %s", mhz, batch)
                        .isTrue();
            }
            assertThat(table.trusted(TrustGate.STANDARD, 0, batch, 700 * batch, 0))
                    .as("nobody ran at 210 MHz")
                    .isFalse();
        }
    }

    @Test
    void theSameSpecimenTeachesTheSameTable() {
        PerformanceTable again = LearnedTable.of(A100).table();
        assertThat(again).isEqualTo(TABLES.learned(A100).table());
        assertThat(TABLES.learned(A100)).isSameAs(TABLES.learned(A100));
    }

    @Test
    void planningByItIsNearlyAsGoodAsByThePhysics() {
        Duration length = Duration.ofMinutes(20);
        var chat =
                new ChatTrace(1.2, ChatTrace.Burst.NONE).generate(length, new SplittableRandom(5));
        Traffic traffic = Traffic.drawn(chat, 1, length, 4_096, 5);
        RunSetup setup = RunSetup.exploring(A100, Policies.parse("lowgear"));
        RunResult learned = EngineRun.of(setup.withTable(TABLES.learned(A100).planner()), traffic);
        RunResult physics =
                EngineRun.of(
                        setup.withTable(TABLES.planner(LearnedTables.Source.PHYSICS, A100)),
                        traffic);
        assertThat(learned.joules()).isBetween(.97 * physics.joules(), 1.03 * physics.joules());
    }

    @Test
    void refusesATableFromNowhere() {
        assertThat(LearnedTables.Source.parse("learned")).isEqualTo(LearnedTables.Source.LEARNED);
        assertThatThrownBy(() -> LearnedTables.Source.parse("guessed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a table is learned or physics, got 'guessed'");
    }
}
