package dev.lowgear.gateway.planted;

import org.springframework.core.env.Environment;

/** Planted: breaks a rule that a test must notice. */
public final class KnowsSpring {
    public Class<?> known() {
        return Environment.class;
    }
}
