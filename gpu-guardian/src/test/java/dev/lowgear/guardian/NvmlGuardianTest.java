package dev.lowgear.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.guardian.nvml.FakeNvml;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The guardian as a process on a driver: locks seen from another process. */
@Timeout(120)
class NvmlGuardianTest {
    private static final EngineId ENGINE = new EngineId("chat-1");
    private static final String FIRST = FakeNvml.uuid(0);
    private static final String SECOND = FakeNvml.uuid(1);

    @TempDir Path directory;

    @Test
    void locksWhatTheDriverSupportsAndASuccessorResetsIt() throws Exception {
        FakeNvml driver = FakeNvml.build(directory.resolve("driver"));
        String[] config = {
            "actuator=nvml",
            "nvml-library=" + driver.library(),
            "gpus=" + FIRST + "," + SECOND,
            "maximum-lease-ms=60000"
        };
        try (var guardian = GuardianProcess.serving(directory, config);
                var client = guardian.client()) {
            int clock =
                    client.set(ENGINE, 1000, Duration.ofMinutes(1), List.of(FIRST, SECOND)).get();

            assertThat(clock).as("the next supported clock").isEqualTo(1005);
            assertThat(driver.locked(0)).isEqualTo(1005);
            assertThat(driver.locked(1)).isEqualTo(1005);
            assertThat(driver.locked(2)).isZero();

            guardian.signal("KILL");
            guardian.awaitEnd();
            assertThat(driver.locked(0)).isEqualTo(1005);
        }
        try (var successor = GuardianProcess.serving(directory, config)) {
            await().until(() -> driver.locked(0) == 0 && driver.locked(1) == 0);
            assertThat(successor.log()).contains("event=journal-reset engine=chat-1");
        }
    }

    @Test
    void saysInOneLineThatThereIsNoLibrary() throws Exception {
        Path config =
                GuardianProcess.config(
                        directory, "actuator=nvml", "nvml-library=" + directory.resolve("none.so"));
        try (var guardian = GuardianProcess.start(directory, config, List.of())) {
            assertThat(guardian.awaitEnd()).isEqualTo(2);
            assertThat(guardian.log())
                    .startsWith("guardian: actuator nvml: no NVML library at ")
                    .endsWith("is the NVIDIA driver installed on this machine?\n")
                    .hasLineCount(1);
        }
    }
}
