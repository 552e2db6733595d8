package dev.lowgear.launcher.stack;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The plan on disk: how the command line tells the supervisor what to run. */
public final class PlanFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PlanFile() {}

    /** Writes the plan to its data folder, in one step. */
    public static Path write(StackPlan plan) {
        var file = plan.data().plan();
        try {
            var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Files.write(unfinished, JSON.writeValueAsBytes(plan));
            return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Reads a plan. */
    public static StackPlan read(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), StackPlan.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Reads the plan that a data folder was last used with, if it was. */
    public static Optional<StackPlan> find(DataFolder data) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(data.plan()), StackPlan.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + data.plan(), e);
        }
    }
}
