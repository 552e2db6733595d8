package dev.lowgear.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.Service;
import dev.lowgear.launcher.stack.SimulatedEngine;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Two schedulers, whose clocks may be hours apart, and what happens when one pauses or dies. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FencingIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration TAKE_OVER = Duration.ofSeconds(10);
    private static final RunningSystem SYSTEM = RunningSystem.shared();
    private static final FaultTable TABLE = new FaultTable();
    private static SimulatedEngine engine;
    private static GpuClocks clocks;
    private static SteadyTraffic traffic;
    private static SecondScheduler second;

    @BeforeAll
    static void letASecondSchedulerCome() {
        SYSTEM.awaitReady();
        engine = SYSTEM.plan().engines().getFirst();
        clocks = new GpuClocks(SYSTEM.data().simulatedGpus(), engine.gpus());
        traffic =
                new SteadyTraffic(
                        new StreamingClient(
                                SYSTEM.plan().ports().url(Endpoint.GATEWAY), engine.model(), 30));
        second = SecondScheduler.beside(SYSTEM);
        RunningSystem.await(
                "a second scheduler",
                RunningSystem.SOON,
                () -> status(second.url() + "/actuator/health/readiness") == 200);
    }

    @AfterAll
    static void endIt() throws Exception {
        second.close();
        traffic.end();
        TABLE.print(Path.of("target", "takeover.md"));
    }

    @Test
    @Order(1)
    void aSchedulerThatWasPausedIsNotObeyedAnyMoreWhenItWakesUp() throws Exception {
        var owner = owner();
        long supervisor = SYSTEM.state().supervisor();
        try (var directives = new Directives(SYSTEM.plan())) {
            var old = directives.awaitEpochAbove(-1);
            long refusedBefore = refusedForTheirEpoch();
            // Else it would end the paused one.
            Signals.STOP.send(supervisor);
            try {
                var row = pause(owner, directives, old);
                TABLE.add(row);
                assertThat(row.endings()).containsOnlyKeys(Ending.COMPLETED);
            } finally {
                Signals.CONT.send(owner.pid());
                Signals.CONT.send(supervisor);
            }
            RunningSystem.await(
                    "a refusal of the old epoch",
                    RunningSystem.SOON,
                    () -> refusedForTheirEpoch() > refusedBefore);
        }
        SYSTEM.awaitReady();
    }

    private static FaultTable.Row pause(Owner owner, Directives directives, Directives.Told old)
            throws Exception {
        long at = System.nanoTime();
        Signals.STOP.send(owner.pid());
        long defaultGear = clocks.awaitDefault() - at;
        long newEpoch = directives.awaitEpochAbove(old.epoch()).epoch();
        long control = clocks.awaitLocked() - at;

        Signals.CONT.send(owner.pid());
        // Whatever it has left to say, this is what it might say: its own last words.
        directives.repeat(old);
        RunningSystem.await(
                "that the old owner knows",
                RunningSystem.SOON,
                () -> {
                    assertThat(epochInForce()).isIn(-1L, newEpoch);
                    return !controls(owner.url());
                });
        var endings = traffic.endingsBetween(at, System.nanoTime());
        long serving = traffic.awaitCompleted(at) - at;
        return new FaultTable.Row(
                "SIGSTOP of one of two schedulers, SIGCONT",
                endings,
                defaultGear,
                -1,
                serving,
                control);
    }

    @Test
    @Order(2)
    void aSchedulerThatWasKilledIsFollowedByTheOther() throws Exception {
        var owner = owner();
        long at = System.nanoTime();
        Signals.KILL.send(owner.pid());
        long defaultGear = clocks.awaitDefault() - at;
        long control = clocks.awaitLocked() - at;
        long serving = traffic.awaitCompleted(at) - at;
        var endings = traffic.endingsBetween(at, System.nanoTime());
        TABLE.add(
                new FaultTable.Row(
                        "kill -9 of one of two schedulers",
                        endings,
                        defaultGear,
                        -1,
                        serving,
                        control));
        assertThat(endings).containsOnlyKeys(Ending.COMPLETED);
        assertThat(Duration.ofNanos(control))
                .isLessThan(TAKE_OVER.multipliedBy(Integer.getInteger("faults.slack", 4)));
        SYSTEM.awaitReady();
    }

    /** The scheduler that the engine's shard belongs to. */
    private record Owner(String url, long pid) {}

    private static Owner owner() {
        var first = SYSTEM.plan().ports().url(Endpoint.SCHEDULER);
        RunningSystem.await(
                "one owner of the engine",
                RunningSystem.SOON,
                () -> controls(first) != controls(second.url()));
        clocks.awaitLocked();
        return controlsNow(first)
                ? new Owner(first, SYSTEM.part(Service.SCHEDULER.part()).pid())
                : new Owner(second.url(), second.pid());
    }

    private static boolean controlsNow(String scheduler) {
        try {
            return controls(scheduler);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(scheduler + " does not answer", e);
        }
    }

    private static boolean controls(String scheduler) throws IOException, InterruptedException {
        return status(scheduler + "/api/v1/engines/" + engine.id()) == 200;
    }

    /** The epoch of the decision that the agent acts on; -1 in the default gear. */
    private static long epochInForce() throws IOException, InterruptedException {
        var url = SYSTEM.plan().ports().url(Endpoint.AGENT) + "/api/v1/engines";
        JsonNode decision = JSON.readTree(get(url).body()).path(0).path("decisionId");
        if (!decision.isString()) {
            return -1;
        }
        return Long.parseLong(
                decision.asString().substring(engine.id().length() + 1).split("-", -1)[0]);
    }

    private static long refusedForTheirEpoch() throws IOException {
        try (var lines = Files.lines(SYSTEM.data().log(Service.AGENT.part()))) {
            return lines.filter(line -> line.contains("why=LOWER_EPOCH")).count();
        }
    }

    private static int status(String url) throws IOException, InterruptedException {
        try {
            return get(url).statusCode();
        } catch (ConnectException e) {
            return 0;
        }
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
