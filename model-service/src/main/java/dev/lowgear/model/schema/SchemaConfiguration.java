package dev.lowgear.model.schema;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {
    @Bean
    SchemaStore schemaStore() {
        return new SchemaStore();
    }

    /** Part of readiness: without its tables the service answers 503. */
    @Bean
    HealthIndicator schemaHealthIndicator(SchemaStore schema) {
        return () -> (schema.isCurrent() ? Health.up() : Health.down()).build();
    }

    @Bean
    FlywayMigrationStrategy migrationStrategy(SchemaStore schema) {
        return schema::migrate;
    }
}
