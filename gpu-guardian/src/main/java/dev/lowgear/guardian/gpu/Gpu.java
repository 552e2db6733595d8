package dev.lowgear.guardian.gpu;

import dev.lowgear.core.gpu.ClockLadder;

import java.util.OptionalDouble;

/**
 * One GPU as an agent reads it. Reading needs no privilege and changes nothing. A value that cannot
 * be read is an exception, never 0.
 */
public interface Gpu {
    /** The name that survives reboots and renumbering. */
    String uuid();

    /** The product name. */
    String model();

    /** SM clocks that may be asked for. */
    ClockLadder supportedClocks() throws GpuException;

    /** The SM clock measured now: what the GPU does, not what was asked of it. */
    int smClockMhz() throws GpuException;

    /** Power drawn now, not a mean of the last second. */
    double watts() throws GpuException;

    /**
     * Energy since the driver was loaded, in mJ. The counter moves about ten times a second: take
     * differences over a second or more. One that goes backwards was reset with the driver.
     */
    long energyMillijoules() throws GpuException;

    /** Why the clock is what it is. */
    ClockEventReasons clockEventReasons() throws GpuException;

    /** The power limit in force; empty where the GPU has none. */
    OptionalDouble powerLimitWatts() throws GpuException;
}
