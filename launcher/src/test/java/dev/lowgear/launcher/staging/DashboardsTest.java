package dev.lowgear.launcher.staging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

class DashboardsTest {
    @Test
    void everyPanelReadsTheProvisionedDataSource() {
        var sources =
                ComposeFile.read(
                        ComposeFile.HOME.resolve(
                                "infra/grafana/provisioning/datasources/prometheus.yml"));
        assertThat(Dashboards.all()).isNotEmpty();
        for (var dashboard : Dashboards.all()) {
            for (var source : dashboard.findValues("datasource")) {
                assertThat(sources).contains("uid: " + source.get("uid").asString() + " ");
            }
        }
    }

    @Test
    void panelsHaveIdsOfTheirOwnAndDoNotOverlap() {
        for (var dashboard : Dashboards.all()) {
            var ids = new HashSet<Integer>();
            var cells = new HashSet<String>();
            for (var panel : dashboard.get("panels")) {
                assertThat(ids.add(panel.get("id").asInt())).isTrue();
                var place = panel.get("gridPos");
                int left = place.get("x").asInt();
                assertThat(left + place.get("w").asInt()).isLessThanOrEqualTo(24);
                for (int x = left; x < left + place.get("w").asInt(); x++) {
                    int top = place.get("y").asInt();
                    for (int y = top; y < top + place.get("h").asInt(); y++) {
                        assertThat(cells.add(x + "," + y))
                                .as(panel.get("title").asString())
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void whatAppearsRarelyIsInTheSources() throws Exception {
        assertThat(Dashboards.metrics()).containsAll(Dashboards.RARE);
        for (var metric : Dashboards.RARE) {
            var meter = metric.replaceAll("_total$", "").replace('_', '.');
            assertThat(publishers())
                    .as(meter)
                    .anyMatch(source -> source.contains('"' + meter + '"'));
        }
    }

    private static List<String> publishers() throws IOException {
        var sources = new ArrayList<String>();
        for (var module : List.of("model-service", "scheduler-service")) {
            try (var files = Files.walk(ComposeFile.HOME.resolve(module).resolve("src/main"))) {
                files.filter(file -> file.toString().endsWith("Publisher.java"))
                        .map(ComposeFile::read)
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    @Test
    void showsWhatAnOperatorAsksFirst() {
        assertThat(Dashboards.metrics())
                .contains(
                        "lowgear_energy_joules_total",
                        "lowgear_clock_measured_mhz",
                        "lowgear_pace_seconds",
                        "lowgear_policy_attainment",
                        "lowgear_scheduler_decisions_total",
                        "lowgear_ingest_lag_records");
        assertThat(Dashboards.alerts()).hasSizeGreaterThan(5);
    }
}
