package dev.lowgear.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.launcher.UsageException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

class DemoTraceTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir Path folder;

    @Test
    void theShippedTrafficIsTheSameEveryTime() {
        var first = DemoTrace.load(null, 1, MINUTE, 4_096);
        assertThat(first).isEqualTo(DemoTrace.load(null, 1, MINUTE, 4_096));
        assertThat(first.requests()).hasSizeGreaterThan(30);
    }

    @Test
    void sendsWhatArrivesInTimeAndFitsTheWindow() throws Exception {
        var file =
                Files.writeString(
                        folder.resolve("trace.csv"),
                        """
                        arrival_ms,prompt_tokens,output_tokens
                        0,10,20
                        30000,6000,100
                        60001,1,1
                        """);
        var trace = DemoTrace.load(file, 1, MINUTE, 4_096);
        assertThat(trace.requests()).hasSize(2);
        assertThat(trace.clipped()).isEqualTo(1);
        assertThat(trace.requests().getLast().promptTokens()).isEqualTo(3_996);
    }

    @Test
    void saysWhatIsWrongWithATrace() throws Exception {
        assertUsage(folder.resolve("none.csv"), 1, "cannot be read");
        var bad = Files.writeString(folder.resolve("bad.csv"), "a,b\n1,2\n");
        assertUsage(bad, 1, "expected a header");
        var late =
                Files.writeString(
                        folder.resolve("late.csv"),
                        "arrival_ms,prompt_tokens,output_tokens\n0,1,1\n");
        assertUsage(late, 0, "--rate");
    }

    private static void assertUsage(Path file, double rate, String part) {
        assertThatThrownBy(() -> DemoTrace.load(file, rate, MINUTE, 4_096))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(part);
    }
}
