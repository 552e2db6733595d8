package dev.lowgear.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.simulator.trace.TraceRequest;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

class CampaignTest {
    private static final EngineProfile H100 = EngineProfile.parse("llama-3.1-8b/h100/tp1");
    private static final Map<String, Workload> WORKLOADS = Map.of("short", shortWorkload());
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir static Path folder;

    private static Path whole;
    private static String table;

    @BeforeAll
    static void runsATinyStudy() throws Exception {
        whole = folder.resolve("whole");
        try (var campaign = Campaign.in(whole, plan(40), WORKLOADS)) {
            assertThat(campaign.run(2, HOUR, (trials, all, runs) -> {})).isTrue();
            table = csv(campaign);
        }
    }

    @Test
    void endsWithEveryContenderInEveryCellWithEverySeed() {
        assertThat(table.lines()).hasSize(1 + 2 * 2 * 4 + 2);
        assertThat(table)
                .contains("short,0.5,interactive,llama-3.1-8b/h100/tp1,1.0,2,fixed-clock,fixed");
    }

    @Test
    void makesTheSameTableWhereverItWasInterrupted() throws Exception {
        byte[] runs = Files.readAllBytes(whole.resolve("runs.jsonl"));
        for (int part = 1; part <= 3; part++) {
            Path other = Files.createDirectory(folder.resolve("part" + part));
            Files.copy(whole.resolve("saturations.jsonl"), other.resolve("saturations.jsonl"));
            Files.writeString(
                    other.resolve("runs.jsonl"),
                    new String(runs, 0, runs.length * part / 4, StandardCharsets.UTF_8));
            List<Integer> made = new ArrayList<>();
            try (var campaign = Campaign.in(other, plan(40), WORKLOADS)) {
                assertThat(campaign.run(1, HOUR, (trials, all, now) -> made.add(now))).isTrue();
                assertThat(csv(campaign)).isEqualTo(table);
            }
            assertThat(made.getLast()).isPositive().isLessThan(lines(whole));
            assertThat(lines(other)).isEqualTo(lines(whole));
        }
    }

    private static int lines(Path of) throws IOException {
        return Files.readAllLines(of.resolve("runs.jsonl")).size();
    }

    @Test
    void stopsWhenItsTimeIsUpAndSaysThatNotAllIsDone() throws Exception {
        try (var campaign = Campaign.in(folder.resolve("late"), plan(40), WORKLOADS)) {
            assertThat(campaign.run(1, Duration.ZERO, (trials, all, runs) -> {})).isFalse();
            assertThat(campaign.table().cells()).isEmpty();
        }
    }

    @Test
    void doesNotMixRunsOfAnotherSetup() throws Exception {
        for (var other :
                List.of(
                        Map.entry(plan(41), WORKLOADS),
                        Map.entry(
                                plan(40),
                                Map.of(
                                        "short",
                                        Workload.of(
                                                "short",
                                                Workload.Shape.CHAT,
                                                shortWorkload().requests()))))) {
            try (var campaign = Campaign.in(whole, other.getKey(), other.getValue())) {
                assertThat(campaign.table().cells()).isEmpty();
            }
        }
    }

    @Test
    void comparesOnlyOverSeedsThatAllContendersHaveFinished() throws Exception {
        Path partial = Files.createDirectory(folder.resolve("partial"));
        List<String> kept =
                Files.readAllLines(whole.resolve("runs.jsonl")).stream()
                        .filter(line ->
                                !(line.contains("\"seed\":2")
                                        && line.contains("\"contender\":\"throttllem\"")))
                        .toList();
        Files.writeString(partial.resolve("runs.jsonl"), String.join("\n", kept) + "\n");
        try (var campaign = Campaign.in(partial, plan(40), WORKLOADS)) {
            assertThat(campaign.table().cells())
                    .filteredOn(cell -> !cell.cell().isStep())
                    .hasSize(2)
                    .allMatch(cell -> cell.seeds() == 1);
        }
    }

    private static String csv(Campaign campaign) {
        return StudyReport.of("a test", campaign.table()).csv();
    }

    private static StudyPlan plan(int requests) {
        return new StudyPlan(
                List.of(
                        new Cell("short", .5, SloSet.INTERACTIVE, H100, 1),
                        new Cell("short", .9, SloSet.PAPER, H100, 1),
                        new Cell("short-step", .5, SloSet.PAPER, H100, 1)),
                Stream.of("maximum-clock", "fixed-clock", "throttllem", "relaxed-bound")
                        .map(Contender::parse)
                        .toList(),
                2,
                requests,
                0,
                1);
    }

    private static Workload shortWorkload() {
        var random = new SplittableRandom(5);
        List<TraceRequest> requests = new ArrayList<>();
        double seconds = 0;
        for (int i = 0; i < 300; i++) {
            seconds -= StrictMath.log(1 - random.nextDouble()) / 50;
            requests.add(
                    new TraceRequest(
                            (long) (seconds * 1e9),
                            random.nextInt(100, 800),
                            random.nextInt(4, 20)));
        }
        return Workload.of("short", requests);
    }
}
