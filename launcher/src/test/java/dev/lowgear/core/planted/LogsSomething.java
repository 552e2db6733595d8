package dev.lowgear.core.planted;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Planted: breaks a rule that a test must notice. */
public final class LogsSomething {
    private static final Logger LOG = LoggerFactory.getLogger(LogsSomething.class);

    public void decide() {
        LOG.info("decided");
    }
}
