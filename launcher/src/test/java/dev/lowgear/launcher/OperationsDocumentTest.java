package dev.lowgear.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.Endpoint;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

class OperationsDocumentTest {
    private final String document = read();

    @Test
    void namesEveryPortWithItsOption() {
        for (var endpoint : Endpoint.values()) {
            assertThat(document)
                    .contains(
                            "| %s | %d | `%s` | %s |"
                                    .formatted(
                                            endpoint.name().toLowerCase(Locale.ROOT),
                                            endpoint.standardPort(),
                                            endpoint.option(),
                                            endpoint.serves()));
        }
    }

    @Test
    void everyPortHasItsOptionOnTheCommandLine() {
        var commands = Lowgear.commandLine().getSubcommands();
        assertThat(commands).containsKeys("up", "demo", "doctor");
        commands.forEach((name, command) -> {
            if (Set.of("up", "demo", "doctor").contains(name)) {
                for (var endpoint : Endpoint.values()) {
                    assertThat(command.getCommandSpec().findOption(endpoint.option()))
                            .as(name + " " + endpoint.option())
                            .isNotNull();
                }
            }
        });
    }

    @Test
    void namesEverySocketAndFile() {
        var data = DataFolder.at(Path.of("/data"));
        Stream.of(
                        data.lock(),
                        data.plan(),
                        data.state(),
                        data.guardianSocket(),
                        data.guardianSettings(),
                        data.releaseSentinel(),
                        data.guardianJournal(),
                        data.rememberedKeys(),
                        data.simulatedGpus(),
                        data.broker(),
                        data.database(),
                        data.logs(),
                        data.recordings(),
                        data.cache())
                .map(path -> data.root().relativize(path).toString())
                .forEach(path -> assertThat(document).contains("`" + path));
    }

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "operations.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
