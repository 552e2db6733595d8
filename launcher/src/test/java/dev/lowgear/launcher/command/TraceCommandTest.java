package dev.lowgear.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.CommandRun;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class TraceCommandTest {
    private static final String HEADER = "arrival_ms,prompt_tokens,output_tokens\n";

    @TempDir Path folder;

    private String trace;

    @BeforeEach
    void namesAFile() {
        trace = folder.resolve("trace.csv").toString();
    }

    @Test
    void generatesATraceThatItReads() throws IOException {
        CommandRun generated =
                CommandRun.of(
                        "trace",
                        "--generate",
                        "chat:0.7,code:0.3",
                        "--hours",
                        "2",
                        "--seed",
                        "7",
                        "--out",
                        trace);
        assertThat(generated.status()).as(generated.err()).isZero();
        assertThat(generated.out()).contains("50 % ").contains("requests    ");
        int rows = Files.readAllLines(Path.of(trace)).size() - 1;
        assertThat(rows).isPositive();

        CommandRun read = CommandRun.of("trace", trace);
        assertThat(read.out()).contains("format      lowgear").contains("requests    " + rows);
        assertThat(folder.toFile().list()).containsExactly("trace.csv");
    }

    @Test
    void generatesTheSameBytesFromTheSameSeed() throws IOException {
        String other = folder.resolve("other.csv").toString();
        for (String file : new String[] {trace, other}) {
            CommandRun.of("trace", "--generate", "code", "--hours", "1", "--out", file);
        }
        assertThat(Path.of(trace)).hasSameBinaryContentAs(Path.of(other));
    }

    @Test
    void writesAnotherFormatInItsOwn() throws IOException {
        Path azure =
                Files.writeString(
                        folder.resolve("azure.csv"),
                        """
                        TIMESTAMP,ContextTokens,GeneratedTokens
                        2023-11-16 18:15:46.6805900,374,44
                        2023-11-16 18:15:50.9951690,396,109\
                        """);
        CommandRun.of("trace", azure.toString(), "--format", "azure-2023", "--out", trace);
        assertThat(Path.of(trace)).hasContent(HEADER + "0.000,374,44\n4314.579,396,109\n");
    }

    @Test
    void namesFileLineAndWhatWasExpectedOfABadRow() throws IOException {
        Files.writeString(Path.of(trace), HEADER + "0,1,1\n5,-1,1\n6,1,1\n");
        CommandRun refused = CommandRun.of("trace", trace);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualToIgnoringNewLines(
                        "lowgear: " + trace + ":3: expected at least 1 in prompt_tokens, found -1");

        CommandRun skipped = CommandRun.of("trace", trace, "--skip-bad");
        assertThat(skipped.status()).isZero();
        assertThat(skipped.out()).contains("requests    2 in").contains("left out    1 bad rows");
    }

    @Test
    void losesNothingThatWasThereWhenARowIsBad() throws IOException {
        Path there = Files.writeString(folder.resolve("there.csv"), "precious");
        Files.writeString(Path.of(trace), HEADER + "0,1,1\n1,1");
        CommandRun refused = CommandRun.of("trace", trace, "--out", there.toString());
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("this is the last line, and may be only half written");
        assertThat(there).hasContent("precious");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("there.csv", "trace.csv");
    }

    @Test
    void refusesWhatContradictsItself() throws IOException {
        Files.writeString(Path.of(trace), HEADER + "0,1,1\n");
        refused("either which FILE to read or what to --generate", "trace");
        refused("either which FILE", "trace", trace, "--generate", "chat");
        refused("are for a FILE", "trace", "--generate", "chat", "--skip-bad");
        refused("no trace format 'x'; there are lowgear", "trace", trace, "--format", "x");
        refused("expected a header with TIMESTAMP", "trace", trace, "--format", "azure-2024");
        refused("no traffic class 'tea'", "trace", "--generate", "tea");
        refused("swing is in [0, 1)", "trace", "--generate", "chat", "--swing", "2");
        refused("--hours must be in", "trace", "--generate", "chat", "--hours", "0");
        refused("cannot be read", "trace", folder.resolve("none.csv").toString());
        refused("--out", "trace", trace, "--out", folder.resolve("a/b.csv").toString());
    }

    private static void refused(String why, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.status()).as("%s", (Object) arguments).isEqualTo(2);
        assertThat(run.err()).contains(why);
    }
}
