package dev.lowgear.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.SimulatedEngine;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One fault at a time, under traffic, in a system of real processes. What was measured is printed
 * as a table; bounds on times are asserted as the design promises them when {@code
 * -Dfaults.slack=1}, and four times as wide in the ordinary build, whose machine may be busy.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
    private static final int TOKENS = 30;
    private static final int SLACK = Integer.getInteger("faults.slack", 4);

    /** A lease, and what guardian and scheduler need to notice its end. */
    private static final Duration LEASE = Duration.ofMillis(2_500);

    /** For a guardian that must be found out and started again first. */
    private static final Duration GUARDIAN = Duration.ofSeconds(5);

    private static final Duration CONTROL_AFTER_RESTART = Duration.ofSeconds(10);

    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final FaultTable TABLE = new FaultTable();
    private static SteadyTraffic traffic;
    private static GpuClocks clocks;

    @BeforeAll
    static void letClientsCome() {
        SYSTEM.awaitReady();
        SimulatedEngine engine = SYSTEM.plan().engines().getFirst();
        clocks = new GpuClocks(SYSTEM.data().simulatedGpus(), engine.gpus());
        traffic =
                new SteadyTraffic(
                        new StreamingClient(
                                SYSTEM.plan().ports().url(Endpoint.GATEWAY),
                                engine.model(),
                                TOKENS));
    }

    @AfterAll
    static void tell() throws Exception {
        traffic.end();
        TABLE.print(Path.of("target", "faults.md"));
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void aKilledPartIsReplacedAndNothingElseFails(Victim victim) {
        assertHeals("kill -9", Signals.KILL, victim);
    }

    @Test
    @Order(2)
    void aStoppedGuardianIsReplacedBeforeItsLocksOutliveTheirLeaseForLong() {
        assertHeals("SIGSTOP", Signals.STOP, Victim.GUARDIAN);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GUARDIAN")
    @Order(3)
    @Tag("long")
    void aStoppedPartIsReplacedAndNothingElseFails(Victim victim) {
        assertHeals("SIGSTOP", Signals.STOP, victim);
    }

    private static void assertHeals(String fault, Signals signal, Victim victim) {
        SYSTEM.awaitReady();
        traffic.awaitCompleted(System.nanoTime());
        clocks.awaitLocked();
        var before = SYSTEM.part(victim.part());

        long at = System.nanoTime();
        signal.send(before.pid());
        long defaultGear = victim.controlIsLost() ? clocks.awaitDefault() - at : -1;
        long restarted = SYSTEM.awaitStartedAgain(before) - at;
        long control = victim.controlIsLost() ? clocks.awaitLocked() - at : -1;
        long serving = traffic.awaitCompleted(at) - at;
        long over = System.nanoTime();
        var endings = traffic.endingsBetween(at, over);
        TABLE.add(
                new FaultTable.Row(
                        fault + " " + victim.part(),
                        endings,
                        defaultGear,
                        restarted,
                        serving,
                        control));

        assertClean(victim, endings);
        if (victim.controlIsLost()) {
            assertThat(Duration.ofNanos(defaultGear))
                    .as("default gear")
                    .isLessThan((victim == Victim.GUARDIAN ? GUARDIAN : LEASE).multipliedBy(SLACK));
            assertThat(Duration.ofNanos(control - restarted))
                    .as("control after the restart")
                    .isLessThan(CONTROL_AFTER_RESTART.multipliedBy(SLACK));
        }
    }

    private static void assertClean(Victim victim, Map<Ending, Integer> endings) {
        assertThat(endings).doesNotContainKeys(Ending.HUNG, Ending.MALFORMED);
        if (!victim.clientsMayNotice()) {
            assertThat(endings).containsOnlyKeys(Ending.COMPLETED);
        }
        if (victim != Victim.GATEWAY) {
            assertThat(endings.keySet()).allMatch(Ending::isClean);
        }
    }

    @Test
    @Order(4)
    void aPolicyThatWasAcknowledgedIsAnnouncedAlthoughItsSchedulerDiedBefore() throws Exception {
        SYSTEM.awaitReady();
        var broker = SYSTEM.part(Victim.BROKER.part());
        // While the broker is stopped nothing can be announced.
        Signals.STOP.send(broker.pid());
        var created =
                post(
                        Endpoint.SCHEDULER,
                        "/api/v1/slo-policies",
                        "standard",
                        "{\"name\": \"kept\", \"sloClass\": \"kept\"}");
        var scheduler = SYSTEM.part(Victim.SCHEDULER.part());
        Signals.KILL.send(scheduler.pid());
        Signals.CONT.send(broker.pid());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        SYSTEM.awaitStartedAgain(scheduler);
        RunningSystem.await(
                "a gateway that knows the policy",
                RunningSystem.SOON,
                () -> chatOfClass("kept").statusCode() == 200);
    }

    @Test
    @Order(5)
    void everyRecordThatTheBrokerAcknowledgedIsStoredOnce() throws Exception {
        SYSTEM.awaitReady();
        traffic.end();
        var audit = new TelemetryAudit(SYSTEM.plan());
        RunningSystem.await(
                "as many iterations stored as published",
                RunningSystem.SOON,
                () -> audit.storedIterations().equals(audit.publishedIterations()));
        var iterations = audit.storedIterations();
        assertThat(iterations.values()).containsOnly(1);
        assertThat(gaps(iterations.keySet())).isEmpty();
        if (SkewedClock.isPossible()) {
            assertThat(audit.agentAhead())
                    .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(65));
        }
        assertThat(audit.storedRequests()).isEqualTo(audit.publishedRequests()).isNotEmpty();
    }

    /** Iterations are numbered: what was not published at all leaves a gap. */
    private static List<String> gaps(Set<String> iterations) {
        Map<String, SortedSet<Long>> byLife = new TreeMap<>();
        for (var key : iterations) {
            int end = key.lastIndexOf(' ');
            byLife.computeIfAbsent(key.substring(0, end), _ -> new TreeSet<>())
                    .add(Long.valueOf(key.substring(end + 1)));
        }
        List<String> gaps = new ArrayList<>();
        byLife.forEach((life, numbers) -> {
            long before = numbers.getFirst() - 1;
            for (long number : numbers) {
                if (number != before + 1) {
                    gaps.add("%s: %d to %d".formatted(life, before + 1, number - 1));
                }
                before = number;
            }
        });
        return gaps;
    }

    private static HttpResponse<String> chatOfClass(String sloClass) throws Exception {
        var body =
                """
                {"model": "%s", "messages": [{"role": "user", "content": "one"}],
                 "lowgear_simulated_output_tokens": 3}
                """
                        .formatted(SYSTEM.plan().engines().getFirst().model());
        return post(Endpoint.GATEWAY, "/v1/chat/completions", sloClass, body);
    }

    private static HttpResponse<String> post(Endpoint to, String path, String sloClass, String body)
            throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(SYSTEM.plan().ports().url(to) + path))
                        .header("content-type", "application/json")
                        .header("x-lowgear-slo-class", sloClass)
                        .timeout(Duration.ofMinutes(1))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
