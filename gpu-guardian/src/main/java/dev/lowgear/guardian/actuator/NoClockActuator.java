package dev.lowgear.guardian.actuator;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.guardian.gpu.ClockActuator;
import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.gpu.GpuFault;

import java.util.Optional;

/** Sets nothing: for nodes that are only observed. */
public final class NoClockActuator implements ClockActuator {
    @Override
    public Optional<ClockLadder> supportedClocks(String uuid) {
        return Optional.empty();
    }

    @Override
    public void lock(String uuid, int clockMhz) throws GpuException {
        throw new GpuException(GpuFault.NOT_SUPPORTED, "actuator none sets no clocks");
    }

    @Override
    public void reset(String uuid) {
        // Nothing was locked.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
