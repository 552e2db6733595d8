package dev.lowgear.simulator.trace;

/**
 * Reads one line of one format. May remember the first row's time, so one instance reads one trace.
 */
interface RowParser {
    /**
     * The request on this line.
     *
     * @throws IllegalArgumentException saying what was expected instead
     */
    TraceRequest parse(String line);
}
