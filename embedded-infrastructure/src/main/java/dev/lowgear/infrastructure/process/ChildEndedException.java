package dev.lowgear.infrastructure.process;

/** A child process that ended before it was ready. */
public final class ChildEndedException extends ChildProcessException {
    private static final long serialVersionUID = 1;

    /** Signals with which a JVM that has crashed ends itself: ABRT, BUS, SEGV. */
    private static final int ABORTED = 128 + 6;

    private static final int BUS_ERROR = 128 + 7;
    private static final int SEGMENTATION_FAULT = 128 + 11;

    private final int status;

    ChildEndedException(String name, int status, String tail) {
        super(name + " ended with status " + status + ":\n" + tail);
        this.status = status;
    }

    /** Whether the JVM crashed, rather than having been ended or having given up. */
    public boolean isCrash() {
        return status == ABORTED || status == BUS_ERROR || status == SEGMENTATION_FAULT;
    }
}
