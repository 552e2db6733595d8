package dev.lowgear.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.CommandRun;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class SimulateCommandTest {
    private static final String HEADER = "arrival_ms,prompt_tokens,output_tokens\n";

    @TempDir Path folder;

    private Path trace;
    private Path slo;

    @BeforeEach
    void writesATraceAndAPromise() throws IOException {
        var rows = new StringBuilder(HEADER);
        for (int i = 0; i < 100; i++) {
            rows.append(i * 250).append(',').append(200 + 7 * i).append(',').append(10 + i % 20);
            rows.append('\n');
        }
        trace = Files.writeString(folder.resolve("trace.csv"), rows);
        slo = Files.writeString(folder.resolve("slo.json"), "{\"e2eMillis\": 5000}");
    }

    @Test
    void writesTheSameComparisonInFourForms() throws IOException {
        CommandRun run =
                simulate(
                        "--trace",
                        trace.toString(),
                        "--slo",
                        slo.toString(),
                        "--rate",
                        "2,4",
                        "--policies",
                        "throttllem,pid",
                        "--seeds",
                        "2",
                        "--requests",
                        "20",
                        "--engine",
                        "llama-3.1-8b/h100/tp1",
                        "--table",
                        "physics",
                        "--csv",
                        folder.resolve("out.csv").toString(),
                        "--json",
                        folder.resolve("out.json").toString(),
                        "--html",
                        folder.resolve("out.html").toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Simulated: no figure here was measured on a GPU.")
                .contains("trace.csv, 100 requests; 1 × llama-3.1-8b/h100/tp1")
                .contains("\n2.00 requests/s\n", "\n4.00 requests/s\n")
                .containsPattern("\nthrottllem +\\S+ ± ")
                .contains("html: " + folder.resolve("out.html"));
        assertThat(run.err())
                .contains("2 of 2 seeds", "[##############################] 12 of 12 runs");
        JsonNode json = new JsonMapper().readTree(folder.resolve("out.json").toFile());
        assertThat(json.path("runs").size()).isEqualTo(12);
        assertThat(Files.readAllLines(folder.resolve("out.csv"))).hasSize(13);
        assertThat(folder.resolve("out.html")).content().startsWith("<!doctype html>");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "trace.csv", "slo.json", "out.csv", "out.json", "out.html", "data");
    }

    @Test
    void refusesWhatContradictsItselfBeforeAnyWork() throws IOException {
        String file = trace.toString();
        refused("choose one", "--load", ".5", "--rate", "2");
        refused("unknown gear policy 'magic'; there are", "--policies", "pid,magic");
        refused("bandit, fixed-clock, fixed-clock-idle, clairvoyant,", "--policies", "magic");
        refused("pid is named twice", "--policies", "pid,pid");
        refused("unknown lengths 'guess'", "--policies", "lowgear@guess");
        refused("seeds are 1 to 1000, got 0", "--seeds", "0");
        refused("requests are 10 to 1000000", "--requests", "1");
        refused("search seconds are 1 to 3600", "--search-seconds", "0");
        refused("engines are 1 to 1000, got 0", "--engines", "0");
        refused("an engine profile is <model>/<gpu>/tp<n>, got 'big'", "--engine", "big");
        refused("no profile llama-3-70b/a100-40gb/tp1", "--engine", "llama-3-70b/a100-40gb/tp1");
        refused("a load is a fraction of saturation in (0, 3]", "--load", "0.5,0");
        refused("'half' is not a double", "--load", "half");
        refused("a rate is in (0, 1000000]", "--rate", "-1");
        refused("unknown lengths 'noisy'", "--length-error", "noisy");
        refused("a table is learned or physics, got 'x'", "--table", "x");
        refused("--threads must be in", "--threads", "0");
        refused("clairvoyant is of one engine", "--policies", "clairvoyant", "--engines", "2");
        refused("are for a --trace", "--format", "lowgear");
        refused("are for a --trace", "--skip-bad");
        refused("no trace format 'x'", "--trace", file, "--format", "x");
        refused("--slo is paper, interactive, or a file", "--slo", "strict");
        refused("there is no folder", "--html", folder.resolve("none/a.html").toString());
        refused("it is a folder", "--json", folder.toString());
        refused("is read or written otherwise", "--trace", file, "--csv", file);
        refused("is read or written otherwise", "--slo", slo.toString(), "--csv", slo.toString());
        String out = folder.resolve("o").toString();
        refused("--json " + out + " is read or written", "--csv", out, "--json", out);
        Files.writeString(slo, "{\"ttft\": 5}");
        refused("slo.json: unknown [ttft]; there are", "--slo", slo.toString());
    }

    @Test
    void namesFileLineAndWhatWasExpectedOfABadTrace() throws IOException {
        refused("none.csv cannot be read", "--trace", folder.resolve("none.csv").toString());
        refusedTrace("trace.csv:1: expected a header", "a,b\n");
        refusedTrace("trace.csv:1: expected a header, the trace is empty", "");
        refusedTrace("trace.csv:2: expected at least one request", HEADER);
        refusedTrace(
                "trace.csv:3: expected at least 1 in prompt_tokens",
                HEADER + "0,1,1\n1,-1,1\n2,1,1\n");
        refusedTrace(
                "trace.csv:3: expected arrivals in ascending order",
                HEADER + "5,1,1\n1,1,1\n9,1,1\n");
        refusedTrace("may be only half written", HEADER + "0,1,1\n1,1");
        refusedTrace("all come at once", HEADER + "0,1,1\n0,1,1\n");
        refusedTrace("cannot be read", "\u00ff".repeat(9), StandardCharsets.ISO_8859_1);
    }

    private void refusedTrace(String why, String content) throws IOException {
        refusedTrace(why, content, StandardCharsets.UTF_8);
    }

    private void refusedTrace(String why, String content, Charset charset) throws IOException {
        Files.write(trace, content.getBytes(charset));
        refused(why, "--trace", trace.toString());
    }

    @Test
    void countsBadRowsAndGoesOnWhenAsked() throws IOException {
        String good = Files.readString(trace);
        Files.writeString(trace, good + "x,y,z\n30000,5");
        CommandRun run =
                simulate(
                        "--trace",
                        trace.toString(),
                        "--skip-bad",
                        "--rate",
                        "2",
                        "--slo",
                        slo.toString(),
                        "--policies",
                        "pid",
                        "--seeds",
                        "1",
                        "--requests",
                        "10",
                        "--table",
                        "physics");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("trace.csv, 100 requests, 2 bad rows left out;");
    }

    @Test
    void saysWhatOnlyComesOutWhenSpeedIsKnown() {
        CommandRun run =
                simulate(
                        "--trace",
                        trace.toString(),
                        "--slo",
                        slo.toString(),
                        "--rate",
                        "9999",
                        "--seeds",
                        "1",
                        "--table",
                        "physics");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("times the rate of trace.csv, 100 requests; a trace is");
    }

    @Test
    void leavesSaturationsToOneProcessAtATime() throws IOException {
        Path cache = folder.resolve("cache");
        try (var first = SaturationCache.in(cache);
                var second = SaturationCache.in(cache)) {
            assertThat(cache.resolve("saturations.jsonl")).exists();
            assertThat(first.saturations()).isNotSameAs(second.saturations());
        }
    }

    @Test
    void saysWhichRememberedSaturationToRemove() throws IOException {
        Path file = folder.resolve("data/cache/simulator/saturations.jsonl");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "nonsense\n");
        CommandRun run = simulate("--rate", "2");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(file + ":1: no record of this version");
    }

    @Test
    void showsALineForEveryTwentiethOfEach() {
        var out = new StringWriter();
        var progress = new SimulateProgress(new PrintWriter(out), false);
        progress.begin(2);
        progress.prepared(1, 2);
        progress.prepared(2, 2);
        for (int run = 1; run <= 100; run++) {
            progress.ran(run, 100);
        }
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3 + 21);
        assertThat(lines.getFirst()).startsWith("[..............................] 0 of 2 seeds");
        assertThat(lines.getLast())
                .isEqualTo("[##############################] 100 of 100 runs, 0:00:00 left");
    }

    private void refused(String why, String... arguments) {
        CommandRun run = simulate(arguments);
        assertThat(run.err()).contains(why);
        assertThat(run.status()).as("%s", List.of(arguments)).isEqualTo(2);
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(run.err()).doesNotContain("seeds:");
    }

    private CommandRun simulate(String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("simulate", "--data", folder.resolve("data").toString()));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
