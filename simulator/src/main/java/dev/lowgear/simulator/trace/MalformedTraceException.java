package dev.lowgear.simulator.trace;

/** A trace that cannot be read: where, and what was expected there. */
public final class MalformedTraceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param source file or other name of the trace
     * @param line line number from 1
     * @param expected what should have stood there
     */
    public MalformedTraceException(String source, long line, String expected) {
        super(source + ":" + line + ": " + expected);
    }
}
