package dev.lowgear.guardian.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

class SimulatedGpuFileTest {
    @TempDir Path directory;

    @Test
    void beginsAtTheDefaultClock() throws Exception {
        try (var file = SimulatedGpuFile.open(directory.resolve("new"), "GPU-1")) {
            assertThat(file.clockMhz()).isEqualTo(SimulatedGpuFile.DEFAULT_CLOCK);
            assertThat(file.changes()).isZero();
        }
    }

    @Test
    void everyMappingSeesAChangeAndItOutlivesThemAll() throws Exception {
        try (var writer = SimulatedGpuFile.open(directory, "GPU-1");
                var reader = SimulatedGpuFile.open(directory, "GPU-1")) {
            writer.request(1005);
            assertThat(reader.clockMhz()).isEqualTo(1005);
            writer.request(SimulatedGpuFile.DEFAULT_CLOCK);
            writer.request(1200);
        }
        try (var reader = SimulatedGpuFile.open(directory, "GPU-1")) {
            assertThat(reader.clockMhz()).isEqualTo(1200);
            assertThat(reader.changes()).isEqualTo(3);
        }
    }

    @Test
    void letsTheGroupWriteAndLeavesNothingElseBehind() throws Exception {
        SimulatedGpuFile.open(directory, "GPU-1").close();
        assertThat(Files.getPosixFilePermissions(directory.resolve("GPU-1")))
                .contains(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OWNER_WRITE)
                .doesNotContain(PosixFilePermission.OTHERS_WRITE);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("GPU-1"));
        }
    }

    @Test
    void laysItsFieldsOutAsDocumented() throws Exception {
        try (var writer = SimulatedGpuFile.open(directory, "GPU-1")) {
            writer.request(1005);
        }
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(directory.resolve("GPU-1")))
                        .order(ByteOrder.LITTLE_ENDIAN);

        assertThat(bytes.capacity()).isEqualTo(16);
        assertThat(bytes.getInt(0)).isEqualTo(1005);
        assertThat(bytes.getLong(8)).isEqualTo(1);
    }
}
