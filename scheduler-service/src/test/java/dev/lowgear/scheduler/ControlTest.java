package dev.lowgear.scheduler;

import static dev.lowgear.scheduler.AgentOnTheWire.awaitRecord;
import static dev.lowgear.scheduler.AgentOnTheWire.hasKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lowgear.contract.DecisionMessage;
import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.PerformanceTableMessage;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.control.LearnedTables;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.PerformanceTable;
import dev.lowgear.core.performance.TableIdentity;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Projections in, directives out, over a real broker. */
@SchedulerTest
class ControlTest {
    private static final ClockLadder A100 = ClockLadder.stepped(210, 1410, 15);

    private final AdminApi api;

    ControlTest(@LocalServerPort int port) {
        api = AdminApi.at(port);
    }

    private static PerformanceTableMessage tableOf(String fingerprint) {
        PerformanceTable table = LearnedTables.seenFrom(210, A100, 5);
        return PerformanceTableMessage.of(
                PerformanceTable.of(
                        new TableIdentity(
                                "table-" + fingerprint,
                                5,
                                "llama-2-13b",
                                "a100-40gb",
                                2,
                                fingerprint),
                        table.grid(),
                        table.quality(),
                        table.microsByCell(),
                        table.busyWattsByCell(),
                        table.restWattsByClock(),
                        table.idleWatts(),
                        table.staticWatts()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void idleEngineIsToldTheLowestClockAndThenRenewed() {
        try (var agent = new AgentOnTheWire("idle", 0, 1)) {
            DirectiveMessage.SetGear told =
                    agent.toldWhile(agent::reportIdle, set -> set.reasonCode().equals("idle"));
            assertThat(told.gear()).isEqualTo(Gear.clock(210));
            assertThat(told.leaseMillis()).isEqualTo(2_000);
            assertThat(told.envelope().contains(1, 0, 0)).isFalse();
            assertThat(told.fence().engineIncarnation()).isEqualTo(1);

            DirectiveMessage.Renewal renewal = agent.renewedWhile(agent::reportIdle);
            assertThat(renewal.engineId()).isEqualTo(agent.engine());
            assertThat(renewal.decisionId()).isEqualTo(told.decisionId());
            assertThat(renewal.fence().schedulerEpoch()).isEqualTo(told.fence().schedulerEpoch());
            assertThat(renewal.fence().projectionSequence())
                    .isGreaterThan(told.fence().projectionSequence());
        }
    }

    @Test
    void engineIsExploredUntilATableIsPublishedAndSteeredByItAfterwards() {
        try (var agent = new AgentOnTheWire("learned", 1, 2)) {
            agent.toldWhile(
                    () -> agent.reportBusy("standard"),
                    set -> set.reasonCode().equals("exploring") || set.gear().clockMhz() < 1410);

            agent.send(
                    Topics.PERFORMANCE_TABLES,
                    null,
                    agent.fingerprint(),
                    MessageCodec.encode(tableOf(agent.fingerprint())));
            DirectiveMessage.SetGear steered =
                    agent.toldWhile(
                            () -> agent.reportBusy("standard"),
                            set -> set.reasonCode().equals("urgency-price"));
            assertThat(steered.gear().clockMhz()).isLessThan(1410);

            DecisionMessage decision =
                    MessageCodec.decode(
                            awaitRecord(
                                            Topics.DECISIONS.topic(),
                                            record ->
                                                    hasKey(record, agent.engine())
                                                            && text(record.value())
                                                                    .contains(steered.decisionId()))
                                    .value(),
                            DecisionMessage.class);
            assertThat(decision.tableId()).isEqualTo("table-" + agent.fingerprint());
            assertThat(decision.gear()).isEqualTo(steered.gear());
            assertThat(decision.candidatesMhz()).isNotEmpty();

            HttpResponse<String> engine = api.get("/api/v1/engines/" + agent.engine());
            assertThat(engine.statusCode()).isEqualTo(200);
            assertThat(engine.body())
                    .contains("\"model\":\"table\"", "\"servedModel\":\"llama-2-13b\"");
            assertThat(api.get("/api/v1/engines").body()).contains(agent.engine());
            HttpResponse<String> recent =
                    api.get("/api/v1/decisions?limit=5&engine=" + agent.engine());
            assertThat(recent.body()).contains(steered.decisionId());
            assertThat(api.get("/api/v1/decisions/" + steered.decisionId()).body())
                    .contains("urgency-price");
        }
    }

    @Test
    void policyOfAnEngineActsAsSoonAsItIsCreatedChangedAndWithdrawn() {
        try (var agent = new AgentOnTheWire("policy", 2, 3)) {
            decidedUnderHeld(agent, "unknown-policy");
            assertThat(agent.gear()).isEqualTo(Gear.clock(1410));

            String off = "{\"name\": \"held\", \"sloClass\": \"held\", \"energyMode\": \"off\"}";
            assertThat(api.post("/api/v1/slo-policies", off).statusCode()).isEqualTo(201);
            decidedUnderHeld(agent, "energy-mode-off");
            assertThat(agent.gear()).isEqualTo(Gear.clock(1410));

            String floored = "{\"sloClass\": \"held\", \"clockFloorMhz\": 1200}";
            assertThat(api.put("/api/v1/slo-policies/held", "\"1\"", floored).statusCode())
                    .isEqualTo(200);
            agent.toldWhile(
                    () -> agent.reportBusy("held"),
                    set -> set.gear().clockMhz() < 1410 && set.gear().clockMhz() >= 1200);

            assertThat(api.delete("/api/v1/slo-policies/held", "*").statusCode()).isEqualTo(204);
            decidedUnderHeld(agent, "unknown-policy");
        }
    }

    /** Reports requests under policy {@code held} until the scheduler decides for this reason. */
    private void decidedUnderHeld(AgentOnTheWire agent, String reasonCode) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    agent.obeyAfter(() -> agent.reportBusy("held"));
                    assertThat(api.get("/api/v1/engines/" + agent.engine()).body())
                            .contains("\"reasonCode\":\"" + reasonCode + "\"");
                });
    }

    @Test
    void poisonGoesToTheDeadLetterTopicAndThePartitionMovesOn() {
        try (var agent = new AgentOnTheWire("poison", 3, 4)) {
            for (Topics topic :
                    new Topics[] {
                        Topics.PROJECTIONS,
                        Topics.AGENTS,
                        Topics.SLO_POLICIES,
                        Topics.PERFORMANCE_TABLES,
                        Topics.CONTROLLER_STATE
                    }) {
                byte[] poison = ("poison for " + topic).getBytes(StandardCharsets.UTF_8);
                agent.send(topic, 3, "poison", poison);
                ConsumerRecord<byte[], byte[]> letter =
                        awaitRecord(
                                topic.deadLetterTopic(),
                                record -> text(record.value()).equals("poison for " + topic));
                assertThat(
                                text(
                                        letter.headers()
                                                .lastHeader(Topics.DeadLetterHeaders.REASON)
                                                .value()))
                        .contains("poison");
                assertThat(
                                text(
                                        letter.headers()
                                                .lastHeader(Topics.DeadLetterHeaders.ORIGIN)
                                                .value()))
                        .startsWith(topic.topic() + "-3@");
            }
            agent.toldWhile(agent::reportIdle, set -> set.reasonCode().equals("idle"));
        }
    }

    @Test
    void saysHowItIsDoing() {
        try (var agent = new AgentOnTheWire("metrics", 4, 5)) {
            agent.toldWhile(agent::reportIdle, set -> set.reasonCode().equals("idle"));
            assertThat(api.get("/actuator/health/readiness").body()).contains("\"UP\"");
            assertThat(api.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(api.get("/actuator/prometheus").body())
                    .contains(
                            "lowgear_scheduler_plan_seconds_count",
                            "lowgear_scheduler_latency_seconds_bucket",
                            "lowgear_scheduler_decisions_total{",
                            "reason=\"idle\"",
                            "lowgear_scheduler_shards",
                            "lowgear_scheduler_inbox_dropped_total");
            assertThat(api.get("/openapi.json").body()).contains("/api/v1/slo-policies");
        }
    }
}
