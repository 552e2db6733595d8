package dev.lowgear.simulator.comparison;

/** What is asked of an engine cannot be, which only came out when its speed was known. */
public final class UnservableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnservableException(String message) {
        super(message);
    }
}
