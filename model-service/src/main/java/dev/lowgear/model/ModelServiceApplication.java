package dev.lowgear.model;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Owns what was learned: telemetry, performance models and their quality. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ModelServiceApplication {
    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(ModelServiceApplication.class, arguments);
    }
}
