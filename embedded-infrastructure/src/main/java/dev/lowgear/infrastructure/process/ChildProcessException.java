package dev.lowgear.infrastructure.process;

/** A child process that did not start, did not become ready, or did what it should not have. */
public sealed class ChildProcessException extends RuntimeException permits ChildEndedException {
    private static final long serialVersionUID = 1;

    public ChildProcessException(String message) {
        super(message);
    }

    public ChildProcessException(String message, Throwable cause) {
        super(message, cause);
    }
}
