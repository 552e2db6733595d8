package dev.lowgear.simulator.study;

import dev.lowgear.simulator.hindsight.Reference;
import dev.lowgear.simulator.study.Criterion.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the study must show, and whether it does. */
final class Criteria {
    private static final String LOWGEAR = "lowgear";
    private static final String CLOCK_ONLY = "lowgear-clock-only";
    private static final String FIXED = "fixed-clock";
    private static final String FIXED_IDLE = "fixed-clock-idle";
    private static final String PAPER = "throttllem-paper:oracle";
    private static final String PAPER_NOISY = "throttllem-paper:noisy:0.30";
    private static final List<String> PEERS =
            List.of(PAPER, "throttllem-servo:oracle", "eco-freq", "mpc-4", "pid", "bandit");
    private static final Set<String> RECORDED = Set.of(StudyPlan.CONVERSATION, StudyPlan.CODE);

    private static final Set<String> DAYS = Set.of(StudyPlan.CONVERSATION_DAY, StudyPlan.CODE_DAY);

    private static final double PROMISED = 0.99;
    private static final double WORST = 0.988;
    private static final double MOST_CELLS = 0.9;

    private final StudyTable table;
    private final List<Criterion> found = new ArrayList<>();

    private Criteria(StudyTable table) {
        this.table = table;
    }

    static List<Criterion> of(StudyTable table) {
        var criteria = new Criteria(table);
        criteria.attainment(LOWGEAR, "recorded traces", Criteria::isMain);
        criteria.attainment(CLOCK_ONLY, "recorded traces", Criteria::isMain);
        criteria.attainment(LOWGEAR, "generated days", cell -> DAYS.contains(cell.trace()));
        criteria.margin(LOWGEAR, FIXED, 9, "", Criteria::isMain);
        criteria.margin(CLOCK_ONLY, FIXED, 5, "", Criteria::isMain);
        criteria.margin(LOWGEAR, FIXED, 7.5, ", idle power × 1.4", Criteria::isHighIdle);
        criteria.margin(LOWGEAR, FIXED_IDLE, 4.5, "", Criteria::isMain);
        criteria.margin(CLOCK_ONLY, FIXED_IDLE, 1, "", Criteria::isMain);
        PEERS.forEach(criteria::peer);
        criteria.hindsight(LOWGEAR, "clairvoyant");
        criteria.hindsight(CLOCK_ONLY, "clairvoyant-clock-only");
        criteria.lengths(LOWGEAR, "learned");
        criteria.lengths("lowgear@noisy:0.30", "30 %-noisy");
        criteria.steps();
        criteria.paper();
        criteria.bound();
        return List.copyOf(criteria.found);
    }

    private static boolean isMain(Cell cell) {
        return RECORDED.contains(cell.trace()) && cell.idlePowerFactor() == 1;
    }

    private static boolean isHighIdle(Cell cell) {
        return cell.idlePowerFactor() == StudyPlan.HIGH_IDLE_POWER;
    }

    private void attainment(String who, String where, Predicate<Cell> asked) {
        List<CellResult> cells = with(who, table.eligible(asked));
        double[] attained =
                cells.stream().mapToDouble(cell -> cell.attainment(who).orElseThrow()).toArray();
        int n = attained.length;
        double mean = n == 0 ? 0 : sum(attained) / n;
        int kept = 0;
        double worst = 1;
        String worstCell = "";
        for (int i = 0; i < n; i++) {
            kept += attained[i] >= PROMISED ? 1 : 0;
            if (attained[i] < worst) {
                worst = attained[i];
                worstCell = " in " + cells.get(i).cell().name();
            }
        }
        String of = who + " attains, " + where + ": ";
        add(n, of + "≥ 99.0 % on the mean", percent(mean), mean >= PROMISED);
        add(
                n,
                of + "≥ 99.0 % in ≥ 90 % of the cells",
                kept + " of " + n + " cells",
                kept >= MOST_CELLS * n);
        add(n, of + "≥ 98.8 % in each", percent(worst) + worstCell, worst >= WORST);
    }

    private void margin(String who, String than, double bar, String when, Predicate<Cell> asked) {
        List<CellResult> cells = with(than, with(who, table.eligible(asked)));
        Interval margin =
                StudyTable.average(cells, (cell, seed) -> cell.difference(who, than, seed));
        add(
                cells.size(),
                String.format(
                        Locale.ROOT,
                        "%s saves ≥ %.1f points more than the best %s%s",
                        who,
                        bar,
                        than,
                        when),
                margin + " points",
                margin.mean() >= bar);
    }

    /** More saved, and by keeping what is promised, not by spending it. */
    private void peer(String peer) {
        List<CellResult> cells = with(peer, with(LOWGEAR, table.eligible(Criteria::isMain)));
        Interval margin =
                StudyTable.average(cells, (cell, seed) -> cell.difference(LOWGEAR, peer, seed));
        double ours = meanAttainment(cells, LOWGEAR);
        double theirs = meanAttainment(cells, peer);
        add(
                cells.size(),
                "lowgear saves more than " + peer + ", attaining ≥ 99.0 % or no less than it",
                margin + " points, attaining " + percent(ours) + " against " + percent(theirs),
                margin.mean() > 0 && (ours >= PROMISED || ours >= theirs));
    }

    private void hindsight(String who, String foreseeing) {
        List<CellResult> cells =
                with(
                        foreseeing,
                        with(who, table.eligible(cell -> isMain(cell) && cell.load() >= .25)));
        double[] excess =
                cells.stream()
                        .map(cell -> cell.excess(who, foreseeing))
                        .flatMap(Optional::stream)
                        .mapToDouble(Interval::mean)
                        .toArray();
        double mean = excess.length == 0 ? 0 : sum(excess) / excess.length;
        double worst = 0;
        for (double one : excess) {
            worst = Math.max(worst, one);
        }
        String of = who + " draws, at load ≥ .25, above " + foreseeing + ": ";
        add(excess.length, of + "≤ 5 % on average", points(mean) + " %", mean <= 5);
        add(excess.length, of + "≤ 8 % in each cell", points(worst) + " %", worst <= 8);
    }

    private void lengths(String who, String which) {
        String oracle = "lowgear@oracle";
        List<CellResult> cells = with(oracle, with(who, table.eligible(Criteria::isMain)));
        Interval cost =
                StudyTable.average(cells, (cell, seed) -> cell.difference(oracle, who, seed));
        double with = meanAttainment(cells, who);
        double without = meanAttainment(cells, oracle);
        add(
                cells.size(),
                which + " lengths cost lowgear ≤ 2 points and no attainment",
                cost + " points, attaining " + percent(with) + " against " + percent(without),
                cost.mean() <= 2 && with >= Math.min(PROMISED, without));
    }

    private void steps() {
        List<CellResult> steps =
                table.cells().stream()
                        .filter(result -> result.cell().trace().endsWith(Cell.STEP))
                        .toList();
        double attained = meanAttainment(steps, LOWGEAR);
        add(
                steps.size(),
                "after a step to 1.2 × r* and back, the first to arrive attain ≥ 99 % with lowgear",
                percent(attained)
                        + " against "
                        + percent(meanAttainment(steps, Contender.MAXIMUM_CLOCK.name()))
                        + " with the maximum clock",
                attained >= PROMISED);
        List<Double> lost = new ArrayList<>();
        for (CellResult step : steps) {
            for (CellResult steady : table.cells()) {
                if (steady.cell().trace().equals(step.cell().workload() + Cell.STEADY)
                        && steady.cell().slo() == step.cell().slo()) {
                    step.saving(LOWGEAR)
                            .ifPresent(one ->
                                    steady.saving(LOWGEAR)
                                            .ifPresent(two -> lost.add(two.mean() - one.mean())));
                }
            }
        }
        double worst = lost.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        add(
                lost.size(),
                "once settled after the step, lowgear saves within 3 points of steady load",
                points(worst) + " points less where most",
                worst <= 3);
    }

    private void paper() {
        List<CellResult> cells =
                with(
                        PAPER,
                        table.eligible(cell ->
                                isMain(cell)
                                        && cell.engine().model().id().equals("llama-2-13b")
                                        && cell.load() >= .25
                                        && cell.load() <= .75));
        Interval saving = StudyTable.average(cells, (cell, seed) -> cell.saving(PAPER, seed));
        add(
                cells.size(),
                PAPER + " saves 20 to 35 % at loads .25 to .75 of Llama-2-13B, as published",
                saving + " %",
                saving.mean() >= 20 && saving.mean() <= 35);
        Interval below =
                StudyTable.average(cells, (cell, seed) -> cell.difference(PAPER, FIXED, seed));
        add(
                cells.size(),
                PAPER + " ends below the best fixed clock there",
                below + " points",
                below.mean() < 0);
        List<CellResult> noisy = with(PAPER_NOISY, cells);
        double penalty = meanAttainment(noisy, PAPER_NOISY) - meanAttainment(noisy, PAPER);
        add(
                noisy.size(),
                "30 % length error costs it attainment",
                points(100 * penalty) + " points",
                penalty < 0);
    }

    private void bound() {
        String bound = Reference.RELAXED_BOUND.option();
        double least = Double.POSITIVE_INFINITY;
        String who = "";
        for (CellResult cell : table.cells()) {
            for (String contender : cell.contenders()) {
                Optional<Interval> excess = cell.excess(contender, bound);
                if (excess.isPresent() && !contender.equals(bound) && excess.get().mean() < least) {
                    least = excess.get().mean();
                    who = contender + " in " + cell.cell().name();
                }
            }
        }
        add(
                who.isEmpty() ? 0 : 1,
                "nobody draws less than relaxed-bound",
                "closest " + points(least) + " % above: " + who,
                least >= 0);
    }

    private static List<CellResult> with(String contender, List<CellResult> cells) {
        return cells.stream().filter(cell -> cell.attainment(contender).isPresent()).toList();
    }

    private static double meanAttainment(List<CellResult> cells, String contender) {
        return cells.stream()
                .mapToDouble(cell -> cell.attainment(contender).orElse(0))
                .average()
                .orElse(0);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private void add(int cells, String what, String measured, boolean met) {
        found.add(
                cells == 0
                        ? new Criterion(what, "", Verdict.NOT_MEASURED)
                        : new Criterion(
                                what,
                                measured + (cells > 1 ? " (" + cells + " cells)" : ""),
                                Verdict.of(met)));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String points(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
