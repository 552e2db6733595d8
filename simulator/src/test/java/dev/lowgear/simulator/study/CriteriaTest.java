package dev.lowgear.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.simulator.study.Criterion.Verdict;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CriteriaTest {
    private static final EngineProfile A100 = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    private static final Cell CONV = new Cell("conv", .5, SloSet.PAPER, A100, 1);
    private static final Cell CODE = new Cell("code", .5, SloSet.PAPER, A100, 1);
    private static final Cell HOPELESS = new Cell("code", .95, SloSet.PAPER, A100, 1);

    private final List<CellResult> cells = new ArrayList<>();

    @Test
    void averagesPointsOverCellsWhereTheMaximumClockKeepsTheLimit() {
        cell(CONV, 1000, 700, 600, 995);
        cell(CODE, 1000, 800, 690, 992);
        cell(HOPELESS, 994, 500, 900, 900);
        Criterion margin = criterion("lowgear saves ≥ 9.0 points more than the best fixed-clock");
        assertThat(margin.verdict()).isEqualTo(Verdict.MET);
        assertThat(margin.measured()).isEqualTo("10.5 ± 0.0 points (2 cells)");
    }

    @Test
    void saysWhichCellIsWorst() {
        cell(CONV, 1000, 700, 600, 995);
        cell(CODE, 1000, 800, 690, 980);
        assertThat(criterion("lowgear attains, recorded traces: ≥ 98.8 % in each"))
                .isEqualTo(
                        new Criterion(
                                "lowgear attains, recorded traces: ≥ 98.8 % in each",
                                "98.00 % in " + CODE.name() + " (2 cells)", Verdict.NOT_MET));
        assertThat(criterion("lowgear attains, recorded traces: ≥ 99.0 % in ≥ 90 %").measured())
                .startsWith("1 of 2 cells");
    }

    @Test
    void isNotMeasuredWithoutACellThatTells() {
        cell(CONV, 1000, 700, 600, 995);
        assertThat(criterion("lowgear saves ≥ 7.5 points").verdict())
                .isEqualTo(Verdict.NOT_MEASURED);
        assertThat(criterion("lowgear draws, at load ≥ .25").verdict())
                .isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void noticesWhoDrawsLessThanTheBound() {
        cell(CONV, 1000, 700, 600, 995);
        assertThat(criterion("nobody draws less").verdict()).isEqualTo(Verdict.MET);
        cell(CODE, 1000, 700, 490, 995);
        assertThat(criterion("nobody draws less").verdict()).isEqualTo(Verdict.NOT_MET);
    }

    @Test
    void comparesTheSettledStepWithSteadyLoad() {
        cell(new Cell("conv-step", .5, SloSet.PAPER, A100, 1), 950, 700, 640, 991);
        cell(new Cell("conv-steady", .5, SloSet.PAPER, A100, 1), 1000, 700, 600, 995);
        assertThat(criterion("after a step"))
                .satisfies(one -> assertThat(one.verdict()).isEqualTo(Verdict.MET))
                .satisfies(one ->
                        assertThat(one.measured())
                                .isEqualTo("99.10 % against 95.00 % with the maximum clock"));
        Criterion settled = criterion("once settled after the step");
        assertThat(settled.measured()).isEqualTo("4.0 points less where most");
        assertThat(settled.verdict()).isEqualTo(Verdict.NOT_MET);
        assertThat(criterion("lowgear saves ≥ 9.0").verdict()).isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void reportsEveryCriterionAndCell() {
        cell(CONV, 1000, 700, 600, 995);
        StudyTable table = new StudyTable(StudyPlan.whole(2, 1000, 300, 60), cells);
        StudyReport report = StudyReport.of("a | test <b>", table);
        for (Criterion criterion : StudyReport.criteriaOf(table)) {
            assertThat(report.markdown()).contains("| " + criterion.what() + " |");
        }
        assertThat(report.markdown())
                .contains("| conv 0.50 paper llama-2-13b/a100-40gb/tp2 | 2 | 2000 | 100.00 |")
                .contains("30.0 ± 0.0 / 100.00");
        assertThat(report.html()).contains("a | test &lt;b&gt;").contains("40.0 ± 0.0 / 99.50");
        assertThat(report.csv().lines()).hasSize(1 + 2 * 4);
    }

    private Criterion criterion(String beginning) {
        var table = new StudyTable(StudyPlan.whole(2, 1000, 300, 60), cells);
        return StudyReport.criteriaOf(table).stream()
                .filter(one -> one.what().startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    /** With two seeds alike; the bound is at 500 J. */
    private void cell(Cell cell, int maximumAttained, double fixed, double ours, int attained) {
        var result = new CellResult(cell);
        for (long seed = 1; seed <= 2; seed++) {
            add(result, cell, seed, "maximum-clock", maximumAttained, 1000);
            add(result, cell, seed, "lowgear", attained, ours);
            add(result, cell, seed, "fixed-clock", 1000, fixed);
            add(result, cell, seed, "relaxed-bound", 1000, 500);
        }
        cells.add(result);
    }

    private static void add(
            CellResult result, Cell cell, long seed, String name, int attained, double joules) {
        var measured =
                new Measured(1000, attained, 1000, 1000, attained, joules, 1, 1, 1, 1, 1, 1, 1);
        var trial = new StudyPlan.Trial(cell, seed);
        result.add(
                name, seed, StudyRun.of("k", trial, Contender.parse(name), name, measured, 0, 1));
    }
}
