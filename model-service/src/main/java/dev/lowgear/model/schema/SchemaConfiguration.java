package dev.lowgear.model.schema;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {
    @Bean
    SchemaStore schemaStore() {
        return new SchemaStore();
    }

    @Bean
    FlywayMigrationStrategy migrationStrategy(SchemaStore schema) {
        return schema::migrate;
    }
}
