package dev.lowgear.guardian.gpu;

import dev.lowgear.core.gpu.ClockLadder;

import java.util.Optional;

/**
 * Sets and resets the SM clock of GPUs. A lock outlives the process that made it. Called by one
 * thread; a call may take the driver's milliseconds.
 */
public interface ClockActuator extends AutoCloseable {
    /** The clocks this GPU supports; empty if it takes any. */
    Optional<ClockLadder> supportedClocks(String uuid) throws GpuException;

    /** Locks a GPU to one clock, replacing any lock. */
    void lock(String uuid, int clockMhz) throws GpuException;

    /** Gives a GPU its default clocks back; harmless if it has them. */
    void reset(String uuid) throws GpuException;

    /** Grows when the driver was opened anew: whatever was locked before may be locked no more. */
    default long generation() {
        return 0;
    }

    @Override
    void close();
}
