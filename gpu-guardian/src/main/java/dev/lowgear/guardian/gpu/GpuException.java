package dev.lowgear.guardian.gpu;

/** A GPU could not be read or set. */
public final class GpuException extends Exception {
    private static final long serialVersionUID = 1;

    private final GpuFault fault;

    public GpuException(GpuFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    public GpuException(GpuFault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** What it means for the caller. */
    public GpuFault fault() {
        return fault;
    }
}
