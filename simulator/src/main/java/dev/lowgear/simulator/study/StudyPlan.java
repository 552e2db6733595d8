package dev.lowgear.simulator.study;

import dev.lowgear.core.engine.EngineProfile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a study runs: two recorded workloads at five loads under two SLO sets on three engines, two
 * generated days, steps of the load, and eight named cells in which idle power is also 1.4 times as
 * high and the best schedule in hindsight is searched.
 *
 * @param cells places of the table
 * @param contenders who takes part, the maximum clock first
 * @param seeds how many engines, each with its own physics, noise and stretch of the trace
 * @param requests of one run, at least
 * @param shortestSeconds how long the arrivals of one run last at least, in virtual seconds: a
 *     servo hears of a gear when requests end, which takes as long on a fast engine as on a slow
 *     one
 * @param searchSeconds how long a schedule is searched
 */
public record StudyPlan(
        List<Cell> cells,
        List<Contender> contenders,
        int seeds,
        int requests,
        int shortestSeconds,
        int searchSeconds) {
    /** Names of the workloads that a plan's cells refer to. */
    public static final String CONVERSATION = "conv";

    /** See {@link #CONVERSATION}. */
    public static final String CODE = "code";

    /** A generated day of conversations. */
    public static final String CONVERSATION_DAY = "conv-day";

    /** A generated day of code completion. */
    public static final String CODE_DAY = "code-day";

    /** Idle power, relative to what was measured, on the pessimistic line. */
    public static final double HIGH_IDLE_POWER = 1.4;

    private static final double[] LOADS = {.1, .25, .5, .75, .95};
    private static final EngineProfile A100 = EngineProfile.parse("llama-2-13b/a100-40gb/tp2");
    private static final EngineProfile DGX = EngineProfile.parse("llama-2-13b/a100-40gb-dgx/tp2");
    private static final EngineProfile H100 = EngineProfile.parse("llama-3.1-8b/h100/tp1");

    private static final List<Cell> NAMED =
            List.of(
                    new Cell(CONVERSATION, .25, SloSet.PAPER, A100, 1),
                    new Cell(CONVERSATION, .5, SloSet.INTERACTIVE, A100, 1),
                    new Cell(CONVERSATION, .95, SloSet.INTERACTIVE, DGX, 1),
                    new Cell(CONVERSATION, .75, SloSet.PAPER, H100, 1),
                    new Cell(CODE, .5, SloSet.PAPER, A100, 1),
                    new Cell(CODE, .75, SloSet.INTERACTIVE, A100, 1),
                    new Cell(CODE, .95, SloSet.PAPER, DGX, 1),
                    new Cell(CODE, .25, SloSet.INTERACTIVE, H100, 1));

    /** A search costs as much as all policies of a cell together, so that few seeds get one. */
    private static final int SEARCHED_SEEDS = 2;

    /** Everywhere. */
    private static final List<String> POLICIES =
            List.of(
                    "maximum-clock",
                    "lowgear",
                    "lowgear-clock-only",
                    "fixed-clock",
                    "fixed-clock-idle",
                    "throttllem-paper:oracle",
                    "throttllem-servo:oracle",
                    "eco-freq",
                    "mpc-4",
                    "pid",
                    "bandit",
                    "relaxed-bound");

    /** At middle loads of one engine. */
    private static final List<String> OF_OTHER_LENGTHS =
            List.of("lowgear@oracle", "lowgear@noisy:0.30", "throttllem-paper:noisy:0.30");

    /** Where the load steps. */
    private static final List<String> UNDER_STEPS =
            List.of("maximum-clock", "lowgear", "lowgear-clock-only");

    /** In the named cells, with few seeds. */
    private static final List<String> IN_HINDSIGHT =
            List.of("clairvoyant", "clairvoyant-clock-only");

    public StudyPlan {
        if (seeds < 1 || seeds > 1_000 || requests < 10 || requests > 1_000_000) {
            throw new IllegalArgumentException(
                    "a study has 1 to 1000 seeds of 10 to 1000000 requests, got "
                            + seeds
                            + " of "
                            + requests);
        }
        if (shortestSeconds < 0 || shortestSeconds > 86_400) {
            throw new IllegalArgumentException(
                    "a run lasts at most a day, got " + shortestSeconds + " s");
        }
        cells = List.copyOf(cells);
        contenders = List.copyOf(contenders);
        if (contenders.isEmpty() || !contenders.getFirst().equals(Contender.MAXIMUM_CLOCK)) {
            throw new IllegalArgumentException(
                    "a study begins with the maximum clock, which all are measured against");
        }
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("no cell of the study is left");
        }
    }

    /** Everything, with so many seeds and requests a run. */
    public static StudyPlan whole(int seeds, int requests, int shortestSeconds, int searchSeconds) {
        List<Cell> cells = new ArrayList<>();
        for (double load : LOADS) {
            for (SloSet slo : SloSet.values()) {
                for (EngineProfile engine : List.of(A100, H100, DGX)) {
                    cells.add(new Cell(CONVERSATION, load, slo, engine, 1));
                    cells.add(new Cell(CODE, load, slo, engine, 1));
                }
            }
        }
        for (Cell cell : NAMED) {
            cells.add(
                    new Cell(
                            cell.trace(), cell.load(), cell.slo(), cell.engine(), HIGH_IDLE_POWER));
        }
        for (double load : new double[] {.5, .95}) {
            for (SloSet slo : SloSet.values()) {
                cells.add(new Cell(CONVERSATION_DAY, load, slo, A100, 1));
                cells.add(new Cell(CODE_DAY, load, slo, A100, 1));
            }
        }
        for (String trace : List.of(CONVERSATION, CODE)) {
            for (SloSet slo : SloSet.values()) {
                cells.add(new Cell(trace + Cell.STEP, .5, slo, A100, 1));
                cells.add(new Cell(trace + Cell.STEADY, .5, slo, A100, 1));
            }
        }
        List<Contender> contenders =
                Stream.of(POLICIES, OF_OTHER_LENGTHS, IN_HINDSIGHT)
                        .flatMap(List::stream)
                        .map(Contender::parse)
                        .toList();
        return new StudyPlan(cells, contenders, seeds, requests, shortestSeconds, searchSeconds);
    }

    /** Only the cells that match, see {@link Cell#matches}. */
    public StudyPlan only(String filter) {
        return new StudyPlan(
                cells.stream().filter(cell -> cell.matches(filter)).toList(),
                contenders,
                seeds,
                requests,
                shortestSeconds,
                searchSeconds);
    }

    /** Who takes part in a cell with a seed, the maximum clock first. */
    List<Contender> contenders(Cell cell, long seed) {
        return contenders.stream().filter(one -> takesPart(one, cell, seed)).toList();
    }

    private static boolean takesPart(Contender contender, Cell cell, long seed) {
        if (cell.isStep()) {
            return UNDER_STEPS.contains(contender.name());
        }
        if (IN_HINDSIGHT.contains(contender.name())) {
            return seed <= SEARCHED_SEEDS && NAMED.contains(cell);
        }
        return !OF_OTHER_LENGTHS.contains(contender.name())
                || (cell.engine().equals(A100)
                        && cell.idlePowerFactor() == 1
                        && (cell.load() == .5 || cell.load() == .75));
    }

    /**
     * In which order: every cell with the first seed, then with the second, so that whatever is
     * done is a fair sample; within a round cells far from each other in turn.
     */
    List<Trial> trials() {
        int stride = stride(cells.size());
        List<Trial> trials = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            for (int i = 0; i < cells.size(); i++) {
                trials.add(new Trial(cells.get((int) ((long) i * stride % cells.size())), seed));
            }
        }
        return trials;
    }

    /** Nearest to the golden section that visits every cell once. */
    private static int stride(int size) {
        int stride = Math.max(1, (int) Math.round(size * 0.618));
        while (gcd(stride, size) != 1) {
            stride++;
        }
        return stride;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** All contenders of one cell with one seed. */
    record Trial(Cell cell, long seed) {}
}
