package dev.lowgear.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.infrastructure.kafka.KafkaBroker;
import dev.lowgear.infrastructure.process.LoopbackPorts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A second scheduler, whose database is away, comes and goes. */
@SchedulerTest
class TakeoverTest {
    private static final int SHARDS = 8;

    private final List<AgentOnTheWire> agents = new ArrayList<>();

    @BeforeEach
    void oneEngineOnEveryShard() {
        for (int shard = 0; shard < SHARDS; shard++) {
            agents.add(new AgentOnTheWire("takeover-" + shard, shard, shard));
        }
    }

    @AfterEach
    void close() {
        agents.forEach(AgentOnTheWire::close);
    }

    private static ConfigurableApplicationContext secondScheduler() {
        int nobody = LoopbackPorts.free(1).getFirst();
        return new SpringApplicationBuilder(SchedulerApplication.class)
                .web(WebApplicationType.SERVLET)
                .run(
                        "--server.port=0",
                        "--spring.jmx.enabled=false",
                        "--spring.kafka.bootstrap-servers="
                                + KafkaBroker.shared().bootstrapServers(),
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + nobody + "/none",
                        "--spring.datasource.hikari.connection-timeout=500");
    }

    private static long epoch(AgentOnTheWire agent, long above) {
        DirectiveMessage.SetGear told =
                agent.toldWhile(agent::reportIdle, set -> set.fence().schedulerEpoch() > above);
        return told.fence().schedulerEpoch();
    }

    private static boolean holds(AdminApi scheduler, AgentOnTheWire agent) {
        return scheduler.get("/api/v1/engines").body().contains('"' + agent.engine() + '"');
    }

    @Test
    void shardsMoveToWhoeverLivesAndEveryEpochIsHigherThanTheLast() {
        List<Long> before = agents.stream().map(agent -> epoch(agent, -1)).toList();

        List<AgentOnTheWire> moved = new ArrayList<>();
        List<Long> movedEpochs = new ArrayList<>();
        try (ConfigurableApplicationContext second = secondScheduler()) {
            AdminApi api =
                    AdminApi.at(
                            second.getEnvironment()
                                    .getRequiredProperty("local.server.port", Integer.class));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> api.get("/actuator/health/readiness").statusCode() == 200);
            assertThat(api.get("/api/v1/slo-policies").statusCode()).isEqualTo(503);
            assertThat(api.post("/api/v1/slo-policies", "{\"name\": \"p\"}").statusCode())
                    .isEqualTo(503);

            for (int shard = 0; shard < SHARDS; shard++) {
                AgentOnTheWire agent = agents.get(shard);
                long known = before.get(shard);
                agent.renewedWhile(agent::reportIdle);
                if (holds(api, agent)) {
                    moved.add(agent);
                    movedEpochs.add(epochInForce(agent, known));
                }
            }
            assertThat(moved).isNotEmpty().hasSizeLessThan(SHARDS);
        }
        for (int i = 0; i < moved.size(); i++) {
            assertThat(epoch(moved.get(i), movedEpochs.get(i))).isGreaterThan(movedEpochs.get(i));
        }
    }

    private static long epochInForce(AgentOnTheWire agent, long above) {
        long epoch = agent.renewedWhile(agent::reportIdle).fence().schedulerEpoch();
        assertThat(epoch).isGreaterThan(above);
        return epoch;
    }
}
