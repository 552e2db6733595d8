package dev.lowgear.guardian.gpu;

/** What a failed GPU call means for whoever made it. */
public enum GpuFault {
    /** This GPU or driver cannot do it: do not ask again. */
    NOT_SUPPORTED,
    /** The process lacks the privilege, or a container forbids it: fix the configuration. */
    NO_PERMISSION,
    /** There is no such GPU (any more). */
    NOT_FOUND,
    /** The GPU has fallen off the bus or needs a reset. */
    GPU_LOST,
    /** No driver, no library, or a driver that was reloaded: open it again later. */
    DRIVER_UNAVAILABLE,
    /** May work next time. */
    TEMPORARY,
    /** The call was wrong. */
    INVALID_CALL
}
