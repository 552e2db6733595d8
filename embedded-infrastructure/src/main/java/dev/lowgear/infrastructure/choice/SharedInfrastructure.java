package dev.lowgear.infrastructure.choice;

import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Where the broker and the databases that all tests of a JVM share come from, by the system
 * property {@code lowgear.test.infrastructure}.
 */
public enum SharedInfrastructure {
    /** Child processes from Maven artefacts: the default, nothing has to be installed. */
    EMBEDDED,
    /** Containers: on the class path of Maven's profile of that name only. */
    CONTAINERS;

    /** The system property that chooses. */
    public static final String PROPERTY = "lowgear.test.infrastructure";

    /**
     * Starts what was chosen.
     *
     * @param embedded starts it as a child process
     * @param containers the type whose one implementation starts it as a container
     * @throws IllegalArgumentException if the property names neither
     * @throws IllegalStateException if containers were chosen and are not on the class path
     */
    public static <S> S start(
            Supplier<? extends S> embedded, Class<? extends Supplier<? extends S>> containers) {
        return switch (of(System.getProperty(PROPERTY, "embedded"))) {
            case EMBEDDED -> embedded.get();
            case CONTAINERS ->
                    ServiceLoader.load(containers)
                            .findFirst()
                            .<S>map(Supplier::get)
                            .orElseThrow(() ->
                                    new IllegalStateException(
                                            "%s=containers, but no %s is on the class path: use Maven's profile `containers`"
                                                    .formatted(
                                                            PROPERTY, containers.getSimpleName())));
        };
    }

    static SharedInfrastructure of(String word) {
        for (var choice : values()) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(word)) {
                return choice;
            }
        }
        throw new IllegalArgumentException(
                "%s is embedded or containers, not '%s'".formatted(PROPERTY, word));
    }
}
