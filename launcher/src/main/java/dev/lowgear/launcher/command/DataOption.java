package dev.lowgear.launcher.command;

import dev.lowgear.launcher.stack.DataFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** The data folder. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where everything is kept. Standard: $$LOWGEAR_DATA, else ~/.lowgear.")
    private @Nullable Path data;

    DataFolder folder() {
        if (data != null) {
            return DataFolder.at(data);
        }
        var environment = System.getenv("LOWGEAR_DATA");
        return DataFolder.at(
                environment == null || environment.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".lowgear")
                        : Path.of(environment));
    }
}
