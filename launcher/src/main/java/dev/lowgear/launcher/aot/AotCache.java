package dev.lowgear.launcher.aot;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.JavaCommand;
import dev.lowgear.launcher.stack.CacheFolder;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The AOT cache (JEP 483, JEP 514) of one JVM of the system: its classes as they are after loading
 * and linking, in a file that the JVM maps.
 *
 * <p>The JVM takes it only with the class path, the JDK and the module flags that it was made with,
 * so these are in its name; heap, collector and compiler may differ. A cache that the JVM does not
 * take makes it end at once ({@code AOTMode=on}), so that one that runs, runs from it; damage is
 * noticed by checksum ({@code VerifySharedSpaces}, 20 ms for 70 MB), where it would otherwise crash
 * the JVM.
 *
 * @param file where it is, once it was made
 * @param command the JVM that it is for
 */
record AotCache(Path file, JavaCommand command) {
    private static final int KEY_BYTES = 8;

    /** The one for a command, made or not. */
    static AotCache of(String part, JavaCommand command, CacheFolder cache) {
        var name = "%s-%s.aot".formatted(part, key(command));
        return new AotCache(cache.use("aot", name), command);
    }

    boolean exists() {
        return Files.isRegularFile(file);
    }

    /** The JVM options that make it run from the cache or not at all. */
    List<String> use() {
        return List.of(
                "-XX:AOTMode=on",
                "-XX:AOTCache=" + file,
                "-XX:+VerifySharedSpaces",
                // JDK 25 warns of stubs that it makes anew; what it rejects is an error.
                "-Xlog:aot=error,aot+codecache+stubs=error");
    }

    /** Asks the JVM whether it takes the cache; why not, if not. */
    Optional<String> rejection() {
        var words = new ArrayList<String>();
        words.add(command.java().toString());
        words.addAll(command.jvmOptions());
        words.addAll(use());
        words.add("-Xlog:aot=warning"); // says why
        words.addAll(List.of("-cp", command.classPath(), "-version"));
        try {
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.empty() : Optional.of(reason(printed));
        } catch (IOException e) {
            throw new UncheckedIOException("could not run " + command.java(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildProcessException("interrupted while trying " + file, e);
        }
    }

    /** Deletes it, so that a new one is recorded. */
    void discard() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    /** The most telling line: the JVM says what it found first, then what follows from it. */
    static String reason(String printed) {
        return printed.lines()
                .filter(line -> line.contains("[aot"))
                .filter(line -> !line.contains("Run with -Xlog:aot"))
                .map(line -> line.substring(line.lastIndexOf(']') + 1).strip())
                .findFirst()
                .orElseGet(() -> printed.lines().findFirst().orElse("the JVM did not say why"));
    }

    private static String key(JavaCommand command) {
        var lines = new ArrayList<String>();
        lines.add(Runtime.version().toString());
        lines.add(System.getProperty("java.vm.vendor") + " " + System.getProperty("os.arch"));
        command.jvmOptions().stream().filter(option -> option.startsWith("--")).forEach(lines::add);
        for (var entry : command.classPath().split(File.pathSeparator, -1)) {
            lines.add(identity(Path.of(entry)));
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var bytes = digest.digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What the JVM compares: name, size and time stamp; where the folder lies is no matter. */
    private static String identity(Path jar) {
        var path = jar.toAbsolutePath();
        int names = path.getNameCount();
        try {
            return "%s %d %d"
                    .formatted(
                            path.subpath(Math.max(0, names - 2), names),
                            Files.size(jar),
                            Files.getLastModifiedTime(jar).toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + jar, e);
        }
    }
}
