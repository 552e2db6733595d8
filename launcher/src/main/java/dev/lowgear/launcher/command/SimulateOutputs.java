package dev.lowgear.launcher.command;

import dev.lowgear.launcher.UsageException;
import dev.lowgear.simulator.comparison.ComparisonReport;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a comparison is written, beside the table on the terminal. */
final class SimulateOutputs {
    @Option(names = "--csv", paramLabel = "FILE", description = "A row for every run.")
    private @Nullable Path csv;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Every run, and comparisons over seeds.")
    private @Nullable Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Tables and charts, on a page that needs nothing else.")
    private @Nullable Path html;

    private List<OutputFile> files() {
        List<OutputFile> files = new ArrayList<>();
        add(files, "--csv", csv);
        add(files, "--json", json);
        add(files, "--html", html);
        return files;
    }

    private static void add(List<OutputFile> files, String option, @Nullable Path path) {
        if (path != null) {
            files.add(new OutputFile(option, path));
        }
    }

    /**
     * Refuses places that cannot be written, that are named twice, or that are read.
     *
     * @throws UsageException naming the option
     */
    void requireWritable(List<Path> inputs) {
        List<Path> taken = new ArrayList<>();
        for (Path input : inputs) {
            taken.add(real(input));
        }
        for (OutputFile file : files()) {
            file.requireWritable();
            Path place = real(file.path());
            if (taken.contains(place)) {
                throw new UsageException(
                        file.option() + " " + file.path() + " is read or written otherwise");
            }
            taken.add(place);
        }
    }

    private static Path real(Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** Writes what was asked for, and says where. */
    void write(ComparisonReport report, PrintWriter out) throws IOException {
        for (OutputFile file : files()) {
            String content =
                    switch (file.option()) {
                        case "--csv" -> report.csv();
                        case "--json" -> report.json();
                        default -> report.html();
                    };
            file.write(writer -> writer.write(content));
            out.println(file.option().substring(2) + ": " + file.path());
        }
    }
}
