package dev.lowgear.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

class ScriptTest {
    @TempDir Path folder;

    @Test
    void saysInOneLineThatThereIsNoJdk() throws Exception {
        var builder = new ProcessBuilder(Path.of("..", "lowgear").toString(), "status");
        builder.environment().put("LOWGEAR_JAVA_HOME", folder.toString());
        builder.redirectErrorStream(true);
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(printed)
                .isEqualTo("lowgear: LOWGEAR_JAVA_HOME=" + folder + " is not a JDK 25\n");
    }
}
