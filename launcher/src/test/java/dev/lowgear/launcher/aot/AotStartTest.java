package dev.lowgear.launcher.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.infrastructure.process.ChildEndedException;
import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.JavaCommand;
import dev.lowgear.infrastructure.process.Tethered;
import dev.lowgear.launcher.stack.CacheFolder;
import dev.lowgear.launcher.stack.DataFolder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** With real JVMs, whose words about a cache are what all of this hangs on. */
class AotStartTest {
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(30);

    @TempDir Path folder;

    private DataFolder data;
    private Path jar;

    @BeforeEach
    void prepare() throws IOException {
        data = DataFolder.at(folder.resolve("data"));
        jar = jar(folder.resolve("program.jar"), Tethered.class, Waiting.class);
    }

    @Test
    void recordsTheFirstTimeAndRunsFromTheCacheTheNext() throws IOException {
        var first = start();
        assertThat(first.use().kind()).isEqualTo(AotUse.Kind.RECORDING);
        first.stop();
        assertThat(make())
                .singleElement()
                .satisfies(made -> {
                    assertThat(made.failure()).isEmpty();
                    assertThat(made.bytes()).isPositive();
                });
        var second = start();
        assertThat(second.use()).isEqualTo(AotUse.USED);
        second.stop();
        assertThat(new AotAssembly(data).size()).isZero();

        truncate();
        var afterDamage = start();
        assertThat(afterDamage.use().kind()).isEqualTo(AotUse.Kind.RECORDING);
        assertThat(afterDamage.use().remark()).isEqualTo("The AOT cache has been truncated.");
        assertThat(cache().file()).doesNotExist();
        afterDamage.stop();
        assertThat(make()).hasSize(1);

        scribble();
        var chosen = new AotStart("part", command(), data).choose();
        assertThat(chosen.use().kind()).isEqualTo(AotUse.Kind.RECORDING);
        assertThat(chosen.use().remark()).isEqualTo("Checksum verification failed.");
    }

    @Test
    void takesNothingFromAJvmThatWasKilled() {
        var started = start();
        started.process().stop(Duration.ZERO);
        started.stop();
        assertThat(new AotAssembly(data).size()).isZero();
    }

    @Test
    void saysThatARecordingIsNone() throws IOException {
        new Recordings(data).begin(Recording.of("part", cache()));
        Files.writeString(data.recordings().resolve("part.aotconf.unfinished"), "nonsense");
        new Recordings(data).end("part");
        assertThat(make())
                .singleElement()
                .satisfies(made -> {
                    assertThat(made.bytes()).isZero();
                    assertThat(made.failure()).isNotEmpty();
                });
        assertThat(cache().file()).doesNotExist();
    }

    @Test
    void aProgramThatFailsByItselfIsNotStartedAgainWithoutItsCache() throws IOException {
        start().stop();
        make();
        var broken = new AotStart("part", command(), data);
        assertThat(cache().exists()).isTrue();
        assertThatThrownBy(() ->
                        broken.start((options, run) -> {
                            var process = launch(options);
                            process.stop(Duration.ZERO);
                            process.awaitReady(READY_WITHIN, () -> false);
                            return process;
                        }))
                .isInstanceOf(ChildEndedException.class);
        assertThat(cache().file()).exists();
    }

    @Test
    void isOfItsClassPathAndItsModuleFlags() throws IOException {
        var cache = cache().file();
        assertThat(cache("-Xmx32m", "-XX:+UseG1GC").file()).isEqualTo(cache);
        assertThat(cache("--enable-native-access=ALL-UNNAMED").file()).isNotEqualTo(cache);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.ofEpochSecond(1)));
        assertThat(cache().file()).isNotEqualTo(cache);
    }

    /** A JVM that is ready. */
    private record Started(ChildProcess process, AotRun run) {
        AotUse use() {
            return run.use();
        }

        void stop() {
            run.stop(process, GRACE);
        }
    }

    private Started start() {
        return new AotStart("part", command(), data)
                .start((options, run) -> new Started(launch(options), run));
    }

    private ChildProcess launch(List<String> options) {
        var output = folder.resolve("output-" + System.nanoTime());
        var process =
                ChildProcess.start(
                        "part", command().withJvmOptions(options).words(), Map.of(), output);
        try {
            process.awaitReady(READY_WITHIN, () -> Files.readString(output).contains("ready"));
            return process;
        } catch (ChildProcessException e) {
            process.stop(Duration.ZERO);
            throw e;
        }
    }

    private List<AotAssembly.Made> make() {
        var made = new ArrayList<AotAssembly.Made>();
        new AotAssembly(data).run(made::add);
        return made;
    }

    private void truncate() throws IOException {
        try (var file = new RandomAccessFile(cache().file().toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
    }

    private void scribble() throws IOException {
        try (var file = new RandomAccessFile(cache().file().toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write("scribble".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private AotCache cache(String... options) {
        var command = command();
        return AotCache.of(
                "part", command.withJvmOptions(List.of(options)), CacheFolder.at(data.cache()));
    }

    private JavaCommand command() {
        return new JavaCommand(
                JavaCommand.ownJava(),
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"),
                jar.toString(),
                Waiting.class.getName(),
                List.of());
    }

    private static Path jar(Path file, Class<?>... classes) throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (var type : classes) {
                var name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (var bytes = type.getClassLoader().getResourceAsStream(name)) {
                    if (bytes == null) {
                        throw new IllegalStateException("no " + name);
                    }
                    bytes.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
        return file;
    }
}
