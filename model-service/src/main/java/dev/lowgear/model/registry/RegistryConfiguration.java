package dev.lowgear.model.registry;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.InstantSource;

@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {
    @Bean
    RegistryStore registryStore(
            ModelVersions versions,
            ModelArtifacts artifacts,
            TablePublications publications,
            InstantSource clock,
            RegistryProperties properties) {
        return new RegistryStore(versions, artifacts, publications, clock, properties.kept());
    }

    @Bean
    TablePublisher tablePublisher(
            TablePublications publications,
            ModelArtifacts artifacts,
            KafkaTemplate<byte[], byte[]> kafka,
            PlatformTransactionManager transactions) {
        return new TablePublisher(
                publications, artifacts, kafka, new TransactionTemplate(transactions));
    }

    @Bean
    QualityPublisher qualityPublisher(RegistryStore registry, MeterRegistry meters) {
        return new QualityPublisher(registry, meters);
    }
}
