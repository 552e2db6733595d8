package dev.lowgear.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every topic, with the settings it is created with. Topics are created explicitly by the services
 * that own them; the broker's auto-creation is off. All use {@code LogAppendTime}: a producer an
 * hour ahead would otherwise be refused.
 */
public enum Topics {
    /** One {@link IterationTelemetry} per iteration or sample; key: engine id. */
    ITERATIONS(Names.ITERATIONS, Duration.ofHours(24).toMillis(), "lz4"),
    /** One {@link PowerWindow} per metering window; key: engine id. */
    POWER_WINDOWS(Names.POWER_WINDOWS, Duration.ofHours(24).toMillis(), "lz4"),
    /** {@link RequestEvent}; key: request id. */
    REQUESTS(Names.REQUESTS, Duration.ofDays(7).toMillis(), "lz4"),
    /** {@link EngineProjection}; key: engine id. A partition is a scheduler's shard. */
    PROJECTIONS(Names.PROJECTIONS, Duration.ofMinutes(10).toMillis(), "producer"),
    /** {@link DirectiveMessage}; key: engine id, sent to the partition that the agent announced. */
    DIRECTIVES(Names.DIRECTIVES, Duration.ofHours(1).toMillis(), "producer"),
    /** {@link DecisionMessage}; key: engine id. */
    DECISIONS(Names.DECISIONS, Duration.ofDays(7).toMillis(), "lz4"),
    /**
     * {@link ControllerStateMessage}; key: engine id, or {@code took-<shard>}; same partitions as
     * projections.
     */
    CONTROLLER_STATE(Names.CONTROLLER_STATE, Names.COMPACTED, "producer"),
    /** {@link AgentInventory}; key: agent id. */
    AGENTS(Names.AGENTS, Names.COMPACTED, "producer"),
    /** {@link SloPolicyMessage}; key: policy name; a null value withdraws the policy. */
    SLO_POLICIES(Names.SLO_POLICIES, Names.COMPACTED, "producer"),
    /** {@link PerformanceTableMessage}; key: fingerprint; a null value withdraws the table. */
    PERFORMANCE_TABLES(Names.PERFORMANCE_TABLES, Names.COMPACTED, "lz4");

    /** Partitions of every topic unless configured otherwise. */
    public static final int PARTITIONS = 8;

    /** Topic names as compile-time constants, for annotations. */
    public static final class Names {
        public static final String ITERATIONS = "lowgear.telemetry.iterations";
        public static final String POWER_WINDOWS = "lowgear.telemetry.power-windows";
        public static final String REQUESTS = "lowgear.requests";
        public static final String PROJECTIONS = "lowgear.projections";
        public static final String DIRECTIVES = "lowgear.directives";
        public static final String DECISIONS = "lowgear.decisions";
        public static final String CONTROLLER_STATE = "lowgear.controller-state";
        public static final String AGENTS = "lowgear.agents";
        public static final String SLO_POLICIES = "lowgear.slo-policies";
        public static final String PERFORMANCE_TABLES = "lowgear.performance-tables";

        private static final long COMPACTED = 0;

        private Names() {}
    }

    /** Headers of a record in a dead-letter topic. */
    public static final class DeadLetterHeaders {
        /** Why the record could not be read. */
        public static final String REASON = "lowgear-reason";

        /** {@code topic-partition@offset} it came from. */
        public static final String ORIGIN = "lowgear-origin";

        private DeadLetterHeaders() {}
    }

    private final String topic;

    /** Milliseconds a record is kept; 0: the newest of each key, for ever. */
    private final long retentionMillis;

    private final String compression;

    Topics(String topic, long retentionMillis, String compression) {
        this.topic = topic;
        this.retentionMillis = retentionMillis;
        this.compression = compression;
    }

    /** The topic's name on the broker. */
    public String topic() {
        return topic;
    }

    /** Where records of this topic go that nobody could read. */
    public String deadLetterTopic() {
        return deadLetterTopic(topic);
    }

    /** Where records of {@code topic} go that nobody could read. */
    public static String deadLetterTopic(String topic) {
        return topic + ".dlt";
    }

    /** Topic-level settings in Kafka's own names. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("message.timestamp.type", "LogAppendTime");
        settings.put("compression.type", compression);
        if (retentionMillis == Names.COMPACTED) {
            settings.put("cleanup.policy", "compact");
        } else {
            settings.put("cleanup.policy", "delete");
            settings.put("retention.ms", Long.toString(retentionMillis));
        }
        return settings;
    }

    /** Settings of a dead-letter topic. */
    public static Map<String, String> deadLetterSettings() {
        return new TreeMap<>(
                Map.of(
                        "message.timestamp.type", "LogAppendTime",
                        "cleanup.policy", "delete",
                        "retention.ms", Long.toString(Duration.ofDays(7).toMillis())));
    }

    /** Every topic. */
    public static List<Topics> all() {
        return List.of(values());
    }
}
