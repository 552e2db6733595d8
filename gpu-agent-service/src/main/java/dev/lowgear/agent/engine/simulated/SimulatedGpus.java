package dev.lowgear.agent.engine.simulated;

import dev.lowgear.guardian.gpu.SimulatedGpuFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The clock files of one engine's GPUs. A tensor-parallel group runs at the speed of its slowest
 * rank.
 */
final class SimulatedGpus implements AutoCloseable {
    private final List<SimulatedGpuFile> files;

    private SimulatedGpus(List<SimulatedGpuFile> files) {
        this.files = files;
    }

    static SimulatedGpus open(Path directory, List<String> uuids) throws IOException {
        List<SimulatedGpuFile> files = new ArrayList<>();
        for (String uuid : uuids) {
            files.add(SimulatedGpuFile.open(directory, uuid));
        }
        return new SimulatedGpus(files);
    }

    /** The lowest clock locked, or {@code defaultMhz} where none is. */
    int lowestClockMhz(int defaultMhz) {
        int lowest = defaultMhz;
        for (SimulatedGpuFile file : files) {
            int locked = file.clockMhz();
            if (locked != SimulatedGpuFile.DEFAULT_CLOCK) {
                lowest = Math.min(lowest, locked);
            }
        }
        return lowest;
    }

    @Override
    public void close() {
        files.forEach(SimulatedGpuFile::close);
    }
}
