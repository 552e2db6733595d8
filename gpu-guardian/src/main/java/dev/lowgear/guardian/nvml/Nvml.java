package dev.lowgear.guardian.nvml;

import com.sun.jna.Pointer;

import dev.lowgear.guardian.gpu.ClockActuator;
import dev.lowgear.guardian.gpu.Gpu;
import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.gpu.GpuFault;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The NVIDIA GPUs of this machine. The driver stays open as long as this does, so that locks and
 * counters outlive pauses. When the driver was reloaded every handle is dead: the next call opens
 * anew, at most once a second, and counts a new generation. The handle of a lost GPU is asked for
 * anew. Safe for any thread; calls run one after the other, as they do in the driver.
 */
public final class Nvml implements AutoCloseable {
    private static final long REOPEN_NANOS = 1_000_000_000;

    private final NvmlLibrary library;
    private final LongSupplier nanoTime;
    private final Map<String, Pointer> devices = new HashMap<>();
    private boolean open;
    private long generation;
    private long nextOpenNanos;

    private Nvml(NvmlLibrary library, LongSupplier nanoTime) {
        this.library = library;
        this.nanoTime = nanoTime;
        this.nextOpenNanos = nanoTime.getAsLong();
    }

    /** A call on a device. */
    @FunctionalInterface
    interface DeviceCall<T> {
        T on(NvmlLibrary library, Pointer device) throws NvmlException;
    }

    /**
     * Opens the driver.
     *
     * @param path the library, or null for the usual places
     * @throws GpuException with {@link GpuFault#DRIVER_UNAVAILABLE} where there is no library or no
     *     driver
     */
    public static Nvml open(@Nullable Path path) throws GpuException {
        return open(path, System::nanoTime);
    }

    static Nvml open(@Nullable Path path, LongSupplier nanoTime) throws GpuException {
        Nvml nvml = new Nvml(NvmlLibrary.load(path), nanoTime);
        nvml.ensureOpen();
        return nvml;
    }

    /** The driver's version. */
    public synchronized String driverVersion() throws GpuException {
        ensureOpen();
        try {
            return library.driverVersion();
        } catch (NvmlException e) {
            throw e.toGpuException();
        }
    }

    /** UUIDs of the GPUs that answer; one that is lost is left out. */
    public synchronized List<String> uuids() throws GpuException {
        ensureOpen();
        List<String> uuids = new ArrayList<>();
        try {
            int count = library.count();
            for (int index = 0; index < count; index++) {
                try {
                    uuids.add(library.uuid(library.device(index)));
                } catch (NvmlException e) {
                    if (e.code().fault() == GpuFault.DRIVER_UNAVAILABLE) {
                        throw e;
                    }
                }
            }
        } catch (NvmlException e) {
            throw failed(e);
        }
        return uuids;
    }

    /** One GPU to read. */
    public Gpu gpu(String uuid) throws GpuException {
        return new NvmlGpu(this, uuid, call(uuid, NvmlLibrary::name));
    }

    /** What sets the clocks of all of them. Closing it closes this. */
    public ClockActuator clockActuator() {
        return new NvmlClockActuator(this);
    }

    /** How often the driver was opened. */
    public synchronized long generation() {
        return generation;
    }

    synchronized <T> T call(String uuid, DeviceCall<T> call) throws GpuException {
        ensureOpen();
        try {
            Pointer device = devices.get(uuid);
            if (device == null) {
                device = library.device(uuid);
                devices.put(uuid, device);
            }
            return call.on(library, device);
        } catch (NvmlException e) {
            if (e.code().fault() == GpuFault.GPU_LOST) {
                devices.remove(uuid);
            }
            throw failed(e);
        }
    }

    private GpuException failed(NvmlException e) {
        if (e.code().fault() == GpuFault.DRIVER_UNAVAILABLE) {
            shutdown();
        }
        return e.toGpuException();
    }

    private void ensureOpen() throws GpuException {
        if (open) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (now - nextOpenNanos < 0) {
            throw new GpuException(
                    GpuFault.DRIVER_UNAVAILABLE, "the driver is gone; opened again in a second");
        }
        nextOpenNanos = now + REOPEN_NANOS;
        try {
            library.init();
            open = true;
            generation++;
        } catch (NvmlException e) {
            throw e.toGpuException();
        }
    }

    private void shutdown() {
        devices.clear();
        if (open) {
            open = false;
            try {
                library.shutdown();
            } catch (NvmlException e) {
                // Nothing was open any more, which is what was wanted.
                open = false;
            }
        }
    }

    @Override
    public synchronized void close() {
        shutdown();
    }
}
