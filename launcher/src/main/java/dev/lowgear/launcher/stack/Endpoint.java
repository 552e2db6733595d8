package dev.lowgear.launcher.stack;

import java.util.Locale;

/** A TCP port of 127.0.0.1 that the system listens on. */
public enum Endpoint {
    GATEWAY(8080, "OpenAI API, admin API, health, metrics"),
    AGENT(8081, "engines of this node, health, metrics"),
    SCHEDULER(8082, "SLO policies, health, metrics"),
    MODEL(8083, "models, tables, health, metrics"),
    KAFKA(9092, "Kafka protocol"),
    POSTGRES(5432, "PostgreSQL protocol");

    private final int standardPort;
    private final String serves;

    Endpoint(int standardPort, String serves) {
        this.standardPort = standardPort;
        this.serves = serves;
    }

    /** The port used unless another is asked for. */
    public int standardPort() {
        return standardPort;
    }

    /** What is spoken there. */
    public String serves() {
        return serves;
    }

    /** The command-line option that sets the port. */
    public String option() {
        return "--" + name().toLowerCase(Locale.ROOT) + "-port";
    }
}
