package dev.lowgear.scheduler.slo;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * Brings the schema up to date at the start, or later where the database was away at the start: the
 * loop does not need it, and must not wait for it.
 */
class SchemaStore {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaStore.class);
    private static final String CONNECTION_PROBLEM = "08";
    private static final String STARTING_OR_STOPPING = "57P";

    private volatile @Nullable Flyway pending;

    /** Migrates, or remembers to when the database cannot be reached. */
    void migrate(Flyway flyway) {
        try {
            flyway.migrate();
            pending = null;
        } catch (FlywayException e) {
            if (!isUnreachable(e)) {
                throw e;
            }
            if (pending == null) {
                LOG.warn("schema=pending, the database cannot be reached");
            }
            pending = flyway;
        }
    }

    @Scheduled(fixedDelayString = "${lowgear.scheduler.schema-every}")
    void retry() {
        Flyway flyway = pending;
        if (flyway != null) {
            migrate(flyway);
            if (pending == null) {
                LOG.info("schema=current");
            }
        }
    }

    private static boolean isUnreachable(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                return cause instanceof SQLTransientConnectionException
                        || state.startsWith(CONNECTION_PROBLEM)
                        || state.startsWith(STARTING_OR_STOPPING);
            }
        }
        return false;
    }
}
