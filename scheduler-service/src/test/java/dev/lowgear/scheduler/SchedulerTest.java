package dev.lowgear.scheduler;

import dev.lowgear.infrastructure.kafka.KafkaBroker;
import dev.lowgear.infrastructure.postgres.Databases;
import dev.lowgear.infrastructure.postgres.PostgresServer;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The whole service on a free port against a real broker and a real database; all classes with it
 * share one context.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = SchedulerTest.Infrastructure.class)
@interface SchedulerTest {
    /** Tells the service where broker and database are. */
    final class Infrastructure
            implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            Databases postgres = PostgresServer.shared();
            TestPropertyValues.of(
                            "spring.kafka.bootstrap-servers="
                                    + KafkaBroker.shared().bootstrapServers(),
                            "spring.datasource.url=" + postgres.createDatabase("lowgear_scheduler"),
                            "spring.datasource.username=" + postgres.username(),
                            "spring.datasource.password=" + postgres.password())
                    .applyTo(context);
        }
    }
}
