package dev.lowgear.launcher.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.infrastructure.process.JavaCommand;
import dev.lowgear.launcher.aot.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class JvmProbeTest {
    @TempDir Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void samplesAJvmUntilItIsGone() throws Exception {
        var output = folder.resolve("output");
        var command =
                new JavaCommand(
                        JavaCommand.ownJava(),
                        List.of("-Xmx32m", "-XX:+UseSerialGC"),
                        JavaCommand.ownClassPath(),
                        Waiting.class.getName(),
                        List.of());
        try (var process = ChildProcess.start("waiting", command.words(), Map.of(), output)) {
            process.awaitReady(
                    Duration.ofMinutes(1), () -> Files.readString(output).contains("ready"));
            var samples = ProcessSamples.ofJvm("waiting", process.pid());
            samples.take(0, true);
            samples.take(5, false);
            assertThat(samples.series()).containsOnlyKeys(Quantity.values());
            assertThat(samples.of(Quantity.RESIDENT).size()).isEqualTo(2);
            assertThat(samples.of(Quantity.LIVE_HEAP).size()).isEqualTo(1);
            assertThat(samples.of(Quantity.LIVE_HEAP).last()).isBetween(0.1, 32.0);
            process.stop(Duration.ofSeconds(10));
            assertThatThrownBy(() -> samples.take(10, false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("waiting (pid " + process.pid() + ")");
        }
    }

    @Test
    void saysThatAProcessIsNoJvm() {
        assertThatThrownBy(() -> ProcessSamples.ofJvm("init", 1)).isInstanceOf(IOException.class);
    }
}
