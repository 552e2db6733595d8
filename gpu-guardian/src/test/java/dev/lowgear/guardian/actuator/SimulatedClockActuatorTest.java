package dev.lowgear.guardian.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.guardian.gpu.SimulatedGpuFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class SimulatedClockActuatorTest {
    @TempDir Path directory;

    @Test
    void aLockOutlivesItsMaker() throws Exception {
        try (var actuator = new SimulatedClockActuator(directory)) {
            actuator.lock("GPU-a", 1005);
        }
        assertThat(clock("GPU-a")).isEqualTo(1005);

        try (var actuator = new SimulatedClockActuator(directory)) {
            actuator.reset("GPU-a");
        }
        assertThat(clock("GPU-a")).isEqualTo(SimulatedGpuFile.DEFAULT_CLOCK);
    }

    @Test
    void aDeletedFileIsADriverReload() throws Exception {
        try (var actuator = new SimulatedClockActuator(directory)) {
            actuator.lock("GPU-a", 1005);
            Files.delete(directory.resolve("GPU-a"));
            assertThat(actuator.generation()).isZero();

            actuator.lock("GPU-a", 1200);

            assertThat(actuator.generation()).isEqualTo(1);
            assertThat(clock("GPU-a")).isEqualTo(1200);
        }
    }

    private int clock(String uuid) throws Exception {
        try (var file = SimulatedGpuFile.open(directory, uuid)) {
            return file.clockMhz();
        }
    }
}
