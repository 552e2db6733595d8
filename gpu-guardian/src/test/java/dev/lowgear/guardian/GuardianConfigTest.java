package dev.lowgear.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Properties;

class GuardianConfigTest {
    private static final String LEAST =
            """
            socket=/run/lowgear/guardian.sock
            journal=/var/lib/lowgear/guardian/journal
            actuator=nvml
            """;

    @TempDir Path directory;

    @Test
    void needsThreeKeysAndTouchesNothingByDefault() throws Exception {
        GuardianConfig config = read(LEAST);

        assertThat(config.socket()).isEqualTo(Path.of("/run/lowgear/guardian.sock"));
        assertThat(config.journal()).isEqualTo(Path.of("/var/lib/lowgear/guardian/journal"));
        assertThat(config.actuator()).isEqualTo(ActuatorKind.NVML);
        assertThat(config.gpus()).isEmpty();
        assertThat(config.bounds().clockFloorMhz()).isEqualTo(1);
        assertThat(config.bounds().clockCeilingMhz()).isEqualTo(10_000);
        assertThat(config.bounds().maximumLeaseNanos()).isEqualTo(2_000_000_000L);
        assertThat(config.releaseFile()).isNull();
        assertThat(config.allowedUsers()).contains("root", System.getProperty("user.name"));
        assertThat(config.socketGroup()).isNull();
        assertThat(config.stopWithParent()).isFalse();
    }

    @Test
    void readsEveryKey() throws Exception {
        GuardianConfig config =
                read(
                        """
                        socket=a.sock
                        journal=journal
                        actuator=simulated
                        simulated-gpu-directory=gpus
                        nvml-library=/opt/libnvidia-ml.so.1
                        gpus=GPU-a, GPU-b
                        clock-floor-mhz=600
                        clock-ceiling-mhz=1410
                        maximum-lease-ms=1500
                        release-file=release
                        allowed-users=lowgear
                        socket-group=lowgear
                        stop-with-parent=true
                        """);

        assertThat(config.simulatedGpuDirectory()).isEqualTo(Path.of("gpus"));
        assertThat(config.nvmlLibrary()).isEqualTo(Path.of("/opt/libnvidia-ml.so.1"));
        assertThat(config.gpus()).containsExactly("GPU-a", "GPU-b");
        assertThat(config.bounds().clockFloorMhz()).isEqualTo(600);
        assertThat(config.bounds().clockCeilingMhz()).isEqualTo(1410);
        assertThat(config.bounds().maximumLeaseNanos()).isEqualTo(1_500_000_000L);
        assertThat(config.releaseFile()).isEqualTo(Path.of("release"));
        assertThat(config.allowedUsers()).containsExactly("lowgear");
        assertThat(config.socketGroup()).isEqualTo("lowgear");
        assertThat(config.stopWithParent()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "socket=                      | socket is missing",
                "actuator=gpu                 | actuator is simulated, nvml or none, got gpu",
                "actuator=simulated           | simulated-gpu-directory is missing",
                "gpus=GPU-a,../b              | gpus: '../b' is no GPU UUID",
                "clock-floor-mhz=fast         | clock-floor-mhz is no number: fast",
                "clock-floor-mhz=0            | clock-floor-mhz is 1 to 10000, got 0",
                "clock-floor-mhz=9999\\nclock-ceiling-mhz=5 | clock-floor-mhz is above",
                "maximum-lease-ms=3600000     | maximum-lease-ms is 100 to 60000",
                "stop-with-parent=yes         | stop-with-parent is true or false, got yes",
                "sokcet=/tmp/x                | sokcet is no key"
            })
    void saysInOneLineWhatIsWrong(String lines, String reason) {
        assertThatThrownBy(() -> read(LEAST + lines.replace("\\n", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void refusesASocketPathThatTheKernelWouldCut() {
        assertThatThrownBy(() -> read(LEAST + "socket=/" + "x".repeat(120)))
                .hasMessageStartingWith("socket is longer than 100 bytes");
    }

    @Test
    void saysWhichFileCannotBeRead() {
        assertThatThrownBy(() -> GuardianConfig.read(directory.resolve("none.properties")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.properties cannot be read");
    }

    private static GuardianConfig read(String text) throws ConfigException, IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return GuardianConfig.of(properties);
    }
}
