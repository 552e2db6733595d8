package dev.lowgear.guardian.gpu;

/**
 * Why a GPU's clock is what it is: NVML's clocks-event mask.
 *
 * @param mask the bits as NVML defines them
 */
public record ClockEventReasons(long mask) {
    private static final long IDLE = 0x1;
    private static final long POWER_CAP = 0x4;
    private static final long HARDWARE_SLOWDOWN = 0x8;
    private static final long SOFTWARE_THERMAL = 0x20;
    private static final long HARDWARE_THERMAL = 0x40;
    private static final long POWER_BRAKE = 0x80;

    /** Whether nothing runs: an idle GPU may ignore its lock. */
    public boolean isIdle() {
        return (mask & IDLE) != 0;
    }

    /**
     * Whether power or heat holds the clock down, so that it need not be the one asked for. The
     * hardware slow-down bit also shows up for a moment at our own clock changes.
     */
    public boolean isHeldDown() {
        return (mask
                        & (POWER_CAP
                                | HARDWARE_SLOWDOWN
                                | SOFTWARE_THERMAL
                                | HARDWARE_THERMAL
                                | POWER_BRAKE))
                != 0;
    }
}
