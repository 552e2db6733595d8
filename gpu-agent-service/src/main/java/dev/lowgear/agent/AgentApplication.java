package dev.lowgear.agent;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The agent's process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AgentApplication {
    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(AgentApplication.class, arguments);
    }
}
