package dev.lowgear.launcher.aot;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.JavaCommand;
import dev.lowgear.launcher.stack.CacheFolder;
import dev.lowgear.launcher.stack.DataFolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Makes caches from the recordings of a system that has ended. A cache is made aside, tried, and
 * moved to its place in one step: whoever ends this halfway leaves either no cache or a good one.
 */
public final class AotAssembly {
    private final CacheFolder cache;
    private final Recordings recordings;
    private final List<Recording> whole;

    /** What there is to do on a data folder. */
    public AotAssembly(DataFolder data) {
        cache = CacheFolder.at(data.cache());
        recordings = new Recordings(data);
        whole = recordings.whole();
    }

    /** How many caches there are to make. */
    public int size() {
        return whole.size();
    }

    /**
     * A cache that was to be made.
     *
     * @param part whose
     * @param bytes its size, 0 when it could not be made
     * @param took how long it took
     * @param failure why it could not be made, else empty
     */
    public record Made(String part, long bytes, Duration took, String failure) {}

    /** Makes them, as many at a time as there are processors, and tells of each. */
    public void run(Consumer<Made> told) {
        int threads =
                Math.min(Math.max(1, whole.size()), Runtime.getRuntime().availableProcessors());
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var completion = new ExecutorCompletionService<Made>(pool);
            whole.forEach(recording -> completion.submit(() -> make(recording)));
            for (int i = 0; i < whole.size(); i++) {
                told.accept(completion.take().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildProcessException("interrupted while AOT caches are made", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not make an AOT cache", e.getCause());
        }
        recordings.clear();
    }

    private Made make(Recording recording) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        var unfinished = cache.workshop(recording.cache().getFileName().toString());
        var failure = assemble(recording, unfinished);
        if (failure.isEmpty()) {
            failure = command(recording, unfinished).rejection().orElse("");
        }
        long bytes = 0;
        if (failure.isEmpty()) {
            bytes = Files.size(unfinished);
            var place = cache.use("aot", recording.cache().getFileName().toString());
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.deleteIfExists(unfinished);
        }
        var took = Duration.ofNanos(System.nanoTime() - begun);
        return new Made(recording.part(), bytes, took, failure);
    }

    private static AotCache command(Recording recording, Path file) {
        var command =
                new JavaCommand(
                        recording.java(),
                        recording.jvmOptions(),
                        recording.classPath(),
                        "-",
                        List.of());
        return new AotCache(file, command);
    }

    /** Runs the JVM that reads the recording and writes the cache; empty, or why it did not. */
    private String assemble(Recording recording, Path unfinished)
            throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        words.add(recording.java().toString());
        words.addAll(recording.jvmOptions());
        words.addAll(
                List.of(
                        "-Xmx512m", // the guardian's own 64 MB would do for itself only
                        "-XX:AOTMode=create",
                        "-XX:AOTConfiguration=" + recordings.recorded(recording.part()),
                        "-XX:AOTCache=" + unfinished,
                        "-Xlog:aot=error",
                        "-cp",
                        recording.classPath()));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (var output = process.getInputStream()) {
            var printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : AotCache.reason(printed);
        } finally {
            process.destroy();
        }
    }
}
