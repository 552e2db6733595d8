package dev.lowgear.launcher.staging;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What dashboards and alerts ask Prometheus. */
public final class Dashboards {
    /** Metrics that appear with the first model, or with the first bug. */
    public static final Set<String> RARE =
            Set.of(
                    "lowgear_model_mape",
                    "lowgear_model_prior_mape",
                    "lowgear_scheduler_invariants_violated_total");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern METRIC = Pattern.compile("\\blowgear_[a-z0-9_]+");

    private Dashboards() {}

    /** Every dashboard, parsed. */
    static List<JsonNode> all() {
        try (var files =
                Files.newDirectoryStream(
                        ComposeFile.HOME.resolve("infra/grafana/dashboards"), "*.json")) {
            var dashboards = new ArrayList<JsonNode>();
            for (Path file : files) {
                dashboards.add(JSON.readTree(ComposeFile.read(file)));
            }
            return dashboards;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of every metric that a panel or an alert reads. */
    public static Set<String> metrics() {
        var names = new TreeSet<String>();
        for (var dashboard : all()) {
            for (var expression : dashboard.findValuesAsString("expr")) {
                METRIC.matcher(expression).results().forEach(match -> names.add(match.group()));
            }
        }
        alerts().forEach(expression ->
                METRIC.matcher(expression).results().forEach(match -> names.add(match.group())));
        // A regular expression over names, not a name.
        names.remove("lowgear_");
        return names;
    }

    /** The expressions of all alerts. */
    static List<String> alerts() {
        var expressions = new ArrayList<String>();
        var file = ComposeFile.parse(ComposeFile.HOME.resolve("infra/prometheus/alerts.yml"));
        for (var group : ComposeFile.sequence(file.get("groups"))) {
            for (var rule : ComposeFile.sequence(ComposeFile.map(group).get("rules"))) {
                expressions.add(String.valueOf(ComposeFile.map(rule).get("expr")));
            }
        }
        return expressions;
    }
}
