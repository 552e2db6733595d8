package dev.lowgear.guardian.actuator;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.guardian.gpu.ClockActuator;
import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.gpu.GpuFault;
import dev.lowgear.guardian.gpu.SimulatedGpuFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Locks the clocks of simulated GPUs, each a {@link SimulatedGpuFile}. They take any clock. A file
 * that was deleted is made anew, at the default clock, as after a driver reload.
 */
public final class SimulatedClockActuator implements ClockActuator {
    private final Path directory;
    private final TreeMap<String, SimulatedGpuFile> gpus = new TreeMap<>();
    private long generation;

    /** Simulated GPUs whose files are in this directory, made where missing. */
    public SimulatedClockActuator(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<ClockLadder> supportedClocks(String uuid) {
        return Optional.empty();
    }

    @Override
    public void lock(String uuid, int clockMhz) throws GpuException {
        file(uuid).request(clockMhz);
    }

    @Override
    public void reset(String uuid) throws GpuException {
        file(uuid).request(SimulatedGpuFile.DEFAULT_CLOCK);
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public void close() {
        gpus.values().forEach(SimulatedGpuFile::close);
        gpus.clear();
    }

    private SimulatedGpuFile file(String uuid) throws GpuException {
        SimulatedGpuFile file = gpus.get(uuid);
        if (file != null && !Files.exists(directory.resolve(uuid))) {
            file.close();
            file = null;
            generation++;
        }
        if (file == null) {
            try {
                file = SimulatedGpuFile.open(directory, uuid);
            } catch (IOException e) {
                throw new GpuException(
                        GpuFault.TEMPORARY, "simulated GPU " + uuid + ": " + e.getMessage(), e);
            }
            gpus.put(uuid, file);
        }
        return file;
    }
}
