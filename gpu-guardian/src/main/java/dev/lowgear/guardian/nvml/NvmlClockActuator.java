package dev.lowgear.guardian.nvml;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.guardian.gpu.ClockActuator;
import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.gpu.GpuFault;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Locks SM clocks with {@code nvmlDeviceSetGpuLockedClocks}. Needs root or CAP_SYS_ADMIN. A GPU cut
 * into instances is refused: its one clock belongs to all of them.
 */
final class NvmlClockActuator implements ClockActuator {
    private final Nvml nvml;
    private final Map<String, ClockLadder> ladders = new HashMap<>();

    NvmlClockActuator(Nvml nvml) {
        this.nvml = nvml;
    }

    @Override
    public Optional<ClockLadder> supportedClocks(String uuid) throws GpuException {
        ClockLadder ladder = ladders.get(uuid);
        if (ladder == null) {
            ladder = ClockLadder.of(nvml.call(uuid, NvmlLibrary::supportedClocks));
            ladders.put(uuid, ladder);
        }
        return Optional.of(ladder);
    }

    @Override
    public void lock(String uuid, int clockMhz) throws GpuException {
        if (nvml.call(uuid, NvmlLibrary::isMigEnabled)) {
            throw new GpuException(
                    GpuFault.NOT_SUPPORTED,
                    uuid + " is cut into MIG instances, which share a clock");
        }
        nvml.call(
                uuid,
                (library, device) -> {
                    library.lockClocks(device, clockMhz);
                    return true;
                });
    }

    @Override
    public void reset(String uuid) throws GpuException {
        nvml.call(
                uuid,
                (library, device) -> {
                    library.resetClocks(device);
                    return true;
                });
    }

    @Override
    public long generation() {
        return nvml.generation();
    }

    @Override
    public void close() {
        nvml.close();
    }
}
