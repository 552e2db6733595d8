package dev.lowgear.agent;

import dev.lowgear.agent.directive.DirectivesPartition;
import dev.lowgear.agent.engine.EngineFronts;
import dev.lowgear.agent.listening.TopicCreator;
import dev.lowgear.agent.owner.EngineMetrics;
import dev.lowgear.agent.owner.EngineStarter;
import dev.lowgear.agent.owner.EngineThread;
import dev.lowgear.agent.owner.EngineThreads;
import dev.lowgear.agent.publishing.RecordPublisher;
import dev.lowgear.guardian.client.GuardianClient;
import dev.lowgear.guardian.client.GuardianClientSettings;
import dev.lowgear.guardian.protocol.GuardianStatus;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Puts the agent together. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class AgentConfiguration {
    @Bean
    InstantSource time() {
        return InstantSource.system();
    }

    @Bean
    DirectivesPartition directivesPartition(AgentProperties properties) {
        return DirectivesPartition.of(properties.id());
    }

    @Bean
    TopicCreator topicCreator(KafkaProperties kafka) {
        return new TopicCreator(kafka.buildAdminProperties());
    }

    @Bean
    GuardianClient guardian(AgentProperties properties) throws IOException {
        return GuardianClient.open(GuardianClientSettings.of(properties.guardian().socket()));
    }

    @Bean
    MeterBinder guardianMeters(GuardianClient guardian) {
        return meters -> {
            Gauge.builder(
                            "lowgear.guardian.silence",
                            guardian,
                            asked -> asked.health().sinceLastAnswer().toNanos() * 1e-9)
                    .description("Since the guardian's last answer")
                    .baseUnit("seconds")
                    .register(meters);
            Gauge.builder(
                            "lowgear.guardian.locked.gpus",
                            guardian,
                            asked -> reported(asked, GuardianStatus::lockedGpus))
                    .description("GPUs whose clock is locked, as the guardian last said")
                    .register(meters);
            Gauge.builder(
                            "lowgear.guardian.failing.gpus",
                            guardian,
                            asked -> reported(asked, GuardianStatus::failingGpus))
                    .description("GPUs whose reset fails and is tried again")
                    .register(meters);
        };
    }

    private static double reported(GuardianClient guardian, ToIntFunction<GuardianStatus> figure) {
        return guardian.health()
                .status()
                .map(status -> (double) figure.applyAsInt(status))
                .orElse(Double.NaN);
    }

    @Bean
    EngineThreads engineThreads(
            AgentProperties properties,
            GuardianClient guardian,
            RecordPublisher telemetryPublisher,
            RecordPublisher projectionPublisher,
            InstantSource time)
            throws IOException {
        EngineStarter starter =
                new EngineStarter(
                        properties, guardian, telemetryPublisher, projectionPublisher, time);
        List<EngineThread> threads = new ArrayList<>();
        for (AgentProperties.Engine configured : properties.engines()) {
            threads.add(starter.start(configured));
        }
        return new EngineThreads(threads);
    }

    @Bean
    EngineMetrics engineMetrics(MeterRegistry meters, EngineThreads threads) {
        return new EngineMetrics(meters, threads);
    }

    @Bean
    EngineFronts engineFronts(EngineThreads threads) {
        return new EngineFronts(List.copyOf(threads.all()));
    }
}
