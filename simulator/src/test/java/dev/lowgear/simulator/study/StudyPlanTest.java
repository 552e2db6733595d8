package dev.lowgear.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.simulator.study.StudyPlan.Trial;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;

class StudyPlanTest {
    private static final StudyPlan WHOLE = StudyPlan.whole(5, 1000, 300, 60);

    @Test
    void coversEveryTraceLoadSloSetAndEngine() {
        var main =
                WHOLE.cells().stream()
                        .filter(cell -> cell.idlePowerFactor() == 1)
                        .filter(cell -> cell.trace().equals("conv") || cell.trace().equals("code"))
                        .toList();
        assertThat(main).hasSize(2 * 5 * 2 * 3).doesNotHaveDuplicates();
        assertThat(WHOLE.cells().stream().filter(cell -> cell.idlePowerFactor() == 1.4)).hasSize(8);
        assertThat(WHOLE.cells()).doesNotHaveDuplicates();
    }

    @Test
    void runsEveryCellWithASeedBeforeAnyWithTheNext() {
        List<Trial> trials = WHOLE.trials();
        int cells = WHOLE.cells().size();
        assertThat(trials).hasSize(5 * cells).doesNotHaveDuplicates();
        for (int seed = 1; seed <= 5; seed++) {
            var round = trials.subList((seed - 1) * cells, seed * cells);
            int of = seed;
            assertThat(round).allMatch(trial -> trial.seed() == of);
            assertThat(new HashSet<>(round.stream().map(Trial::cell).toList())).hasSize(cells);
        }
    }

    @Test
    void beginsWithASampleOfAllLoads() {
        assertThat(WHOLE.trials().subList(0, 12).stream().map(trial -> trial.cell().load()))
                .contains(.1, .25, .5, .75, .95);
    }

    @Test
    void choosesCellsByTheirProperties() {
        var some = WHOLE.only("trace=conv|code,load=0.25|0.5,slo=paper,gpu=h100,idle=1");
        assertThat(some.cells()).hasSize(4);
        assertThat(some.cells()).allMatch(cell -> cell.engine().gpu().id().equals("h100"));
        assertThat(WHOLE.only("idle=1.4").cells()).hasSize(8);
        assertThatThrownBy(() -> WHOLE.only("trace=nothing"))
                .hasMessage("no cell of the study is left");
        for (String bad : List.of("conv", "colour=red", "load=heavy", "trace=conv,load")) {
            assertThatThrownBy(() -> WHOLE.only(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void searchesInHindsightInEightNamedCellsOnly() {
        long searched =
                WHOLE.trials().stream()
                        .filter(trial ->
                                WHOLE.contenders(trial.cell(), trial.seed()).stream()
                                        .anyMatch(one ->
                                                one instanceof Contender.InHindsight knowing
                                                        && knowing.isSearched()))
                        .count();
        assertThat(searched).isEqualTo(8 * 2);
    }
}
