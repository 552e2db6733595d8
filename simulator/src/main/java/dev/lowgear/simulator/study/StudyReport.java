package dev.lowgear.simulator.study;

import dev.lowgear.simulator.report.Page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A study's table for people, as Markdown and as a page, and for programs, as CSV. */
public final class StudyReport {
    private static final String NONE = "–";

    /**
     * One table of the report.
     *
     * @param title above it
     * @param note below its title; may be empty
     * @param header its columns
     * @param rows its cells
     */
    private record Section(
            String title, String note, List<String> header, List<List<String>> rows) {}

    private final String setup;
    private final StudyTable table;
    private final List<Section> sections;

    private StudyReport(String setup, StudyTable table) {
        this.setup = setup;
        this.table = table;
        sections = List.of(criteria(), averages(), cells());
    }

    /**
     * Of a study so far.
     *
     * @param setup a sentence on where traces and figures come from
     */
    public static StudyReport of(String setup, StudyTable table) {
        return new StudyReport(setup, table);
    }

    /** What must be reached, and whether it is. */
    public static List<Criterion> criteriaOf(StudyTable table) {
        return Criteria.of(table);
    }

    private Section criteria() {
        return new Section(
                "What must be reached",
                "",
                List.of("criterion", "measured", ""),
                Criteria.of(table).stream()
                        .map(one -> List.of(one.what(), one.measured(), one.verdict().text()))
                        .toList());
    }

    private Set<String> contenders() {
        Set<String> names = new LinkedHashSet<>();
        for (CellResult cell : table.cells()) {
            cell.contenders().forEach(names::add);
        }
        names.remove(Contender.MAXIMUM_CLOCK.name());
        return names;
    }

    private Section averages() {
        Set<Double> loads = new TreeSet<>();
        table.cells().forEach(cell -> loads.add(cell.cell().load()));
        List<String> header = new ArrayList<>(List.of("policy"));
        loads.forEach(load -> header.add("load " + load));
        header.add("all loads");
        List<List<String>> rows = new ArrayList<>();
        for (String name : contenders()) {
            List<String> row = new ArrayList<>(List.of(name));
            loads.forEach(load -> row.add(average(name, cell -> cell.load() == load)));
            row.add(average(name, cell -> true));
            rows.add(row);
        }
        return new Section(
                "Averages",
                "Energy saved against the maximum clock in % / attainment in %, over the cells in"
                        + " which the maximum clock attains 99.5 %, idle power as measured.",
                header,
                rows);
    }

    private String average(String name, Predicate<Cell> asked) {
        List<CellResult> cells =
                table.eligible(cell -> asked.test(cell) && cell.idlePowerFactor() == 1).stream()
                        .filter(cell -> cell.attainment(name).isPresent())
                        .toList();
        if (cells.isEmpty()) {
            return NONE;
        }
        Interval saving = StudyTable.average(cells, (cell, seed) -> cell.saving(name, seed));
        double attained =
                cells.stream()
                        .mapToDouble(cell -> cell.attainment(name).orElse(0))
                        .average()
                        .orElse(0);
        return String.format(Locale.ROOT, "%s / %.2f", saving, 100 * attained);
    }

    private Section cells() {
        Set<String> names = contenders();
        List<String> header =
                new ArrayList<>(List.of("cell", "seeds", "requests", "maximum-clock attains"));
        header.addAll(names);
        List<List<String>> rows = new ArrayList<>();
        for (CellResult cell : table.cells()) {
            List<String> row =
                    new ArrayList<>(
                            List.of(
                                    cell.cell().name(),
                                    Integer.toString(cell.seeds()),
                                    Integer.toString(cell.requests()),
                                    attained(cell, Contender.MAXIMUM_CLOCK.name())));
            for (String name : names) {
                Optional<Interval> saving = cell.saving(name);
                row.add(saving.map(one -> one + " / " + attained(cell, name)).orElse(NONE));
            }
            rows.add(row);
        }
        return new Section(
                "Cells",
                "Energy saved against the maximum clock in %, with the 95 % confidence interval"
                        + " over seeds / attainment in %. With -step the load steps to 1.2 × r* and"
                        + " back, with -steady it does not: attainment is of the first to arrive"
                        + " after the step, saving of the time after it has settled.",
                header,
                rows);
    }

    private static String attained(CellResult cell, String name) {
        OptionalDouble share = cell.attainment(name);
        return share.isEmpty()
                ? NONE
                : String.format(Locale.ROOT, "%.2f", 100 * share.getAsDouble());
    }

    /** As Markdown. */
    public String markdown() {
        var text = new StringBuilder("# Policy study\n\n").append(setup).append("\n");
        for (Section section : sections) {
            text.append("\n## ").append(section.title()).append("\n\n");
            if (!section.note().isEmpty()) {
                text.append(section.note()).append("\n\n");
            }
            text.append(line(section.header()));
            text.append(line(section.header().stream().map(name -> "---").toList()));
            section.rows().forEach(row -> text.append(line(row)));
        }
        return text.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** As a page that needs nothing else. */
    public String html() {
        var page = new Page("Policy study").paragraph(setup);
        for (Section section : sections) {
            page.heading(section.title())
                    .paragraph(section.note())
                    .table(
                            section.header(),
                            section.rows(),
                            row -> row.getLast().replace(' ', '-'));
        }
        return page.html();
    }

    /** A row for every cell, contender and seed. */
    public String csv() {
        var text =
                new StringBuilder(
                        "trace,load,slo,engine,idle_power_factor,seed,contender,policy,requests,"
                                + "attained,ttft_met,tbt_met,e2e_met,joules,saving_percent,tokens,"
                                + "seconds,ttft_p99_ms,tbt_p99_ms,e2e_p99_ms,mean_clock_mhz,"
                                + "clock_switches,clipped\n");
        for (CellResult cell : table.cells()) {
            for (String contender : cell.contenders()) {
                cell.runs(contender)
                        .forEach((seed, run) -> text.append(csv(cell, contender, seed, run)));
            }
        }
        return text.toString();
    }

    private static String csv(CellResult cell, String contender, long seed, StudyRun run) {
        Measured measured = run.measured();
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%s,%d,%s,%s,%d,%d,%d,%d,%d,%.3f,%.3f,%d,%.3f,%.3f,%.3f,%.3f,%.1f,%d,%d%n",
                run.trace(),
                run.load(),
                run.slo(),
                run.engine(),
                run.idlePowerFactor(),
                seed,
                contender,
                run.policy(),
                measured.requests(),
                measured.attained(),
                measured.ttftMet(),
                measured.tbtMet(),
                measured.e2eMet(),
                measured.joules(),
                cell.saving(contender, seed).orElse(Double.NaN),
                measured.tokens(),
                measured.seconds(),
                measured.ttftP99Millis(),
                measured.tbtP99Millis(),
                measured.e2eP99Millis(),
                measured.meanClockMhz(),
                measured.clockSwitches(),
                run.clipped());
    }
}
