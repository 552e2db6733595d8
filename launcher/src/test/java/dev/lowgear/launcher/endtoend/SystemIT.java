package dev.lowgear.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.admin.AgentClient;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.staging.Dashboards;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SystemIT {
    private static final Duration SOON = RunningSystem.SOON;

    private final RunningSystem system = RunningSystem.shared();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void isReadyAndTheDoctorAgrees() {
        var status = system.command("status");
        assertThat(status.status()).as(status.out()).isZero();
        assertThat(status.out()).contains("gateway", "llama-2-13b/a100-40gb/tp2");
        var doctor = system.command("doctor");
        assertThat(doctor.status()).as(doctor.out()).isZero();
    }

    @Test
    void answersAChatRequestThroughEveryPart() throws Exception {
        RunningSystem.await("a first answer", SOON, () -> chat(40).statusCode() == 200);
        var answer = chat(40);
        assertThat(answer.body())
                .contains("\"finish_reason\":\"stop\"")
                .contains("\"completion_tokens\":40");
    }

    @Test
    void theSchedulerSlowsAnIdleEngineDownAndAReleaseGivesTheClockBack() throws Exception {
        RunningSystem.await("a lower clock", SOON, () -> chat(200) != null && clock() < 1_300);
        var release = system.command("release");
        assertThat(release.status()).as(release.err()).isZero();
        RunningSystem.await("the default clock", SOON, () -> clock() == 1_410);
        assertThat(system.command("status").status()).isZero();
    }

    @Test
    void exportsWhatDashboardsAndAlertsRead() throws Exception {
        var read = new TreeSet<>(Dashboards.metrics());
        read.removeAll(Dashboards.RARE);
        RunningSystem.await("a first answer", SOON, () -> chat(10).statusCode() == 200);
        RunningSystem.await(
                "every metric that dashboards and alerts read: " + read,
                SOON,
                () -> {
                    read.removeAll(exportedMetrics());
                    return read.isEmpty();
                });
    }

    @Test
    void aKilledAgentComesBackAndServes() throws Exception {
        var before = system.part("agent");
        ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
        system.awaitStartedAgain(before);
        RunningSystem.await("an answer", SOON, () -> chat(10).statusCode() == 200);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aKilledSupervisorLeavesNothingBehindAndANewStartHasTheData() {
        ProcessHandle.of(system.state().supervisor()).orElseThrow().destroyForcibly();
        RunningSystem.await("the end of all", SOON, () -> system.processes().isEmpty());
        assertThat(system.command("status").status()).isEqualTo(1);
        system.up();
        assertThat(system.command("status").status()).isZero();
        assertThat(system.command("down").status()).isZero();
        assertThat(system.processes()).isEmpty();
    }

    private Set<String> exportedMetrics() throws Exception {
        var names = new TreeSet<String>();
        for (var endpoint :
                List.of(Endpoint.GATEWAY, Endpoint.AGENT, Endpoint.SCHEDULER, Endpoint.MODEL)) {
            var address = system.plan().ports().url(endpoint) + "/actuator/prometheus";
            var scrape =
                    http.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            HttpResponse.BodyHandlers.ofLines());
            scrape.body()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(' ')).replaceAll("\\{.*", ""))
                    .forEach(names::add);
        }
        return names;
    }

    private int clock() throws Exception {
        return new AgentClient(system.plan().ports().url(Endpoint.AGENT))
                .engines()
                .getFirst()
                .measuredClockMhz();
    }

    private HttpResponse<String> chat(int outputTokens) throws Exception {
        var body =
                """
                {"model": "llama-2-13b", "max_tokens": 2048,
                 "messages": [{"role": "user", "content": "one two three"}],
                 "lowgear_simulated_output_tokens": %d}
                """
                        .formatted(outputTokens);
        return http.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        system.plan().ports().url(Endpoint.GATEWAY)
                                                + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .timeout(Duration.ofMinutes(1))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
