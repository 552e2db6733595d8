package dev.lowgear.launcher.supervision;

import java.util.List;

/** A part of the system that runs as a process of its own. */
public interface Part {
    /** Its name, as in messages and log files. */
    String name();

    /** The parts that must be ready before it is started for the first time. */
    List<String> needs();

    /**
     * Does once what can be done before the parts that it needs are ready. What fails here fails
     * again in {@link #start}, which says so.
     */
    default void prepare() {}

    /**
     * Starts it and waits until it is ready; called again after it ended. What was begun is undone
     * when this throws.
     *
     * @throws dev.lowgear.infrastructure.process.ChildProcessException when it does not become
     *     ready
     */
    RunningPart start();
}
