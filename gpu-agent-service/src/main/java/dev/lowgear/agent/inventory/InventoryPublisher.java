package dev.lowgear.agent.inventory;

import dev.lowgear.agent.AgentProperties;
import dev.lowgear.agent.directive.DirectivesPartition;
import dev.lowgear.agent.engine.EngineFront;
import dev.lowgear.agent.engine.EngineFronts;
import dev.lowgear.agent.engine.EngineStatus;
import dev.lowgear.agent.publishing.RecordPublisher;
import dev.lowgear.contract.AgentInventory;
import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.Topics;
import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.engine.EngineProfile;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Announces the node once its port is open, then at every heartbeat. */
@Component
class InventoryPublisher {
    private final AgentProperties properties;
    private final DirectivesPartition partition;
    private final EngineFronts engines;
    private final RecordPublisher telemetryPublisher;
    private final long incarnation;
    private volatile int port;

    InventoryPublisher(
            AgentProperties properties,
            DirectivesPartition partition,
            EngineFronts engines,
            RecordPublisher telemetryPublisher,
            InstantSource time) {
        this.properties = properties;
        this.partition = partition;
        this.engines = engines;
        this.telemetryPublisher = telemetryPublisher;
        incarnation = time.millis();
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
        announce();
    }

    @Scheduled(fixedDelayString = "${lowgear.agent.heartbeat:2s}")
    void announce() {
        if (port > 0) {
            telemetryPublisher.publish(Topics.AGENTS.topic(), properties.id(), inventory());
        }
    }

    private AgentInventory inventory() {
        String url = properties.url() == null ? "http://127.0.0.1:" + port : properties.url();
        List<AgentInventory.Gpu> gpus = new ArrayList<>();
        List<AgentInventory.Engine> announced = new ArrayList<>();
        for (AgentProperties.Engine configured : properties.engines()) {
            EngineProfile profile = EngineProfile.parse(configured.profile());
            for (String uuid : configured.gpus()) {
                gpus.add(gpu(uuid, profile));
            }
            announced.add(engine(configured, profile));
        }
        return new AgentInventory(
                MessageCodec.SCHEMA_VERSION,
                properties.id(),
                incarnation,
                url,
                partition.number(),
                gpus,
                announced,
                false);
    }

    private static AgentInventory.Gpu gpu(String uuid, EngineProfile profile) {
        List<Integer> clocks = new ArrayList<>();
        for (int clock : profile.gpu().clocks().toArray()) {
            clocks.add(clock);
        }
        return new AgentInventory.Gpu(uuid, profile.gpu().id(), clocks, null);
    }

    private AgentInventory.Engine engine(AgentProperties.Engine configured, EngineProfile profile) {
        EngineStatus status =
                engines.all().stream()
                        .filter(front -> front.id().value().equals(configured.id()))
                        .map(EngineFront::status)
                        .findFirst()
                        .orElseThrow();
        EngineLimits limits = profile.limits();
        return new AgentInventory.Engine(
                configured.id(),
                configured.model(),
                profile.id(),
                profile.id(),
                status.backend(),
                status.state(),
                profile.tensorParallel(),
                limits.maxBatch(),
                limits.kvCapacityTokens(),
                limits.kvBlockTokens(),
                limits.chunkTokens(),
                limits.maxModelLength(),
                !configured.maximumPace().isZero(),
                configured.gpus());
    }
}
