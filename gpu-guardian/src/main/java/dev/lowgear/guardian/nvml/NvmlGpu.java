package dev.lowgear.guardian.nvml;

import com.sun.jna.Pointer;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.guardian.gpu.ClockEventReasons;
import dev.lowgear.guardian.gpu.Gpu;
import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.gpu.GpuFault;

import java.util.OptionalDouble;

/** A GPU read through NVML. */
final class NvmlGpu implements Gpu {
    private static final double MILLI = 1_000;

    private final Nvml nvml;
    private final String uuid;
    private final String model;

    NvmlGpu(Nvml nvml, String uuid, String model) {
        this.nvml = nvml;
        this.uuid = uuid;
        this.model = model;
    }

    @Override
    public String uuid() {
        return uuid;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public ClockLadder supportedClocks() throws GpuException {
        return ClockLadder.of(nvml.call(uuid, NvmlLibrary::supportedClocks));
    }

    @Override
    public int smClockMhz() throws GpuException {
        return nvml.call(uuid, NvmlLibrary::smClock);
    }

    @Override
    public double watts() throws GpuException {
        return nvml.call(uuid, NvmlGpu::milliwatts) / MILLI;
    }

    /**
     * Power now. Where GPU and CPU share a module only the module answers; where the field is not
     * known the older call has to do, which most parts answer with the mean of a second.
     */
    private static long milliwatts(NvmlLibrary library, Pointer device) throws NvmlException {
        for (int scope : new int[] {FieldValue.SCOPE_GPU, FieldValue.SCOPE_MODULE}) {
            try {
                return library.field(device, FieldValue.POWER_INSTANT, scope);
            } catch (NvmlException e) {
                if (e.code().fault() != GpuFault.NOT_SUPPORTED) {
                    throw e;
                }
            }
        }
        return library.powerUsageMilliwatts(device);
    }

    @Override
    public long energyMillijoules() throws GpuException {
        return nvml.call(uuid, NvmlLibrary::energyMillijoules);
    }

    @Override
    public ClockEventReasons clockEventReasons() throws GpuException {
        return new ClockEventReasons(nvml.call(uuid, NvmlLibrary::clockEventReasons));
    }

    @Override
    public OptionalDouble powerLimitWatts() throws GpuException {
        try {
            return OptionalDouble.of(
                    nvml.call(uuid, NvmlLibrary::enforcedPowerLimitMilliwatts) / MILLI);
        } catch (GpuException e) {
            if (e.fault() == GpuFault.NOT_SUPPORTED) {
                return OptionalDouble.empty();
            }
            throw e;
        }
    }
}
