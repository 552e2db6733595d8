package dev.lowgear.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

import java.util.Optional;

/**
 * The edge of the system: {@code java -jar gateway-service.jar}. Kafka is connected by {@code
 * broker} itself, because a broker that is away must not hold up a start.
 */
@SpringBootApplication(exclude = KafkaAutoConfiguration.class)
@ConfigurationPropertiesScan
public class GatewayApplication {
    private static final int USAGE = 2;

    public static void main(String[] args) {
        try {
            SpringApplication.run(GatewayApplication.class, args);
        } catch (RuntimeException e) {
            if (oneLine(e).isPresent()) {
                System.exit(USAGE);
            }
            throw e;
        }
    }

    /** What a person can do something about, in one line; anything else has its stack trace. */
    static Optional<String> oneLine(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException inUse) {
                return Optional.of(
                        "port " + inUse.getPort() + " is taken: choose another with --server.port");
            }
            if (cause instanceof UnsafeBindingException) {
                return Optional.ofNullable(cause.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Prints that line in place of a page. */
    static final class OneLineReporter implements SpringBootExceptionReporter {
        OneLineReporter(@Nullable ConfigurableApplicationContext context) {}

        @Override
        public boolean reportException(Throwable failure) {
            Optional<String> line = oneLine(failure);
            line.ifPresent(text -> System.err.println("gateway: " + text));
            return line.isPresent();
        }
    }
}
