package dev.lowgear.model.schema;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Brings the schema up to date at start, or later when the database was away at start: a service
 * that ends because its database restarts would have to be restarted by a person.
 */
final class SchemaStore {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaStore.class);
    private static final String CONNECTION_PROBLEM = "08";
    private static final String STARTING_OR_STOPPING = "57P";

    private volatile @Nullable Flyway pending;

    /** Migrates, or remembers to when the database cannot be reached. */
    void migrate(Flyway flyway) {
        try {
            flyway.migrate();
            pending = null;
        } catch (FlywaySqlException e) {
            if (!isUnreachable(e)) {
                throw e;
            }
            if (pending == null) {
                LOG.warn("schema=pending reason=\"{}\"", firstLine(e));
            }
            pending = flyway;
        }
    }

    /** Whether the schema is what this build expects. */
    boolean isCurrent() {
        return pending == null;
    }

    @Scheduled(fixedDelayString = "${lowgear.model.schema.retry-every}")
    void retry() {
        Flyway flyway = pending;
        if (flyway != null) {
            migrate(flyway);
            if (pending == null) {
                LOG.info("schema=current");
            }
        }
    }

    private static boolean isUnreachable(FlywaySqlException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.sql.SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                return cause instanceof java.sql.SQLTransientConnectionException
                        || state.startsWith(CONNECTION_PROBLEM)
                        || state.startsWith(STARTING_OR_STOPPING);
            }
        }
        return false;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
