package dev.lowgear.guardian.nvml;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A native libnvidia-ml with four GPUs that are not there, built with this machine's compiler. */
public final class FakeNvml {
    private static final int HEADER = 64;
    private static final int GPU = 120;
    private static final int GPUS = 4;

    private final Path library;
    private final ByteBuffer state;

    private FakeNvml(Path library, ByteBuffer state) {
        this.library = library;
        this.state = state;
    }

    /** Builds it in a directory of its own; without a compiler the test says so and is not run. */
    public static FakeNvml build(Path directory, String... options)
            throws IOException, InterruptedException {
        Path library = Files.createDirectories(directory).resolve("libnvidia-ml.so.1");
        Path source = directory.resolve("fake_nvml.c");
        try (InputStream text = FakeNvml.class.getResourceAsStream("/nvml/fake_nvml.c")) {
            Files.copy(Objects.requireNonNull(text), source);
        }
        List<String> command = new ArrayList<>(List.of("cc", "-shared", "-fPIC", "-O1", "-Wall"));
        // Several fakes live in one process; each calls its own functions.
        command.add("-Wl,-Bsymbolic");
        command.addAll(List.of(options));
        command.addAll(List.of("-o", library.toString(), source.toString(), "-lm", "-ldl"));
        Assumptions.assumeTrue(hasCompiler(), "no C compiler here: NVML is not tested");
        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output =
                new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.waitFor() != 0) {
            throw new IllegalStateException("the fake does not compile: " + output);
        }
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("state").toFile(), "rw")) {
            file.setLength(HEADER + GPUS * GPU);
            ByteBuffer state =
                    file.getChannel()
                            .map(FileChannel.MapMode.READ_WRITE, 0, file.length())
                            .order(ByteOrder.LITTLE_ENDIAN);
            FakeNvml fake = new FakeNvml(library, state);
            state.putInt(0, GPUS);
            fake.load(60);
            for (int gpu = 0; gpu < GPUS; gpu++) {
                state.put(at(gpu), uuid(gpu).getBytes(StandardCharsets.US_ASCII));
                state.putLong(at(gpu) + 72, 600_000);
            }
            return fake;
        }
    }

    private static boolean hasCompiler() throws InterruptedException {
        try {
            return new ProcessBuilder("cc", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The library's path. */
    public Path library() {
        return library;
    }

    /** The name of a GPU, counted from 0. */
    public static String uuid(int gpu) {
        return "GPU-8f2c1d3e-0000-4000-8000-00000000000" + gpu;
    }

    /** The clock a GPU is locked to, 0 for none. */
    public int locked(int gpu) {
        return state.getInt(at(gpu) + 52);
    }

    int sets(int gpu) {
        return state.getInt(at(gpu) + 64);
    }

    void deny(boolean denied) {
        state.putInt(4, denied ? 1 : 0);
    }

    void load(int percent) {
        state.putInt(8, percent);
    }

    /** Handles die, locks and counters are forgotten. */
    void reloadDriver() {
        state.putInt(12, state.getInt(12) + 1);
        for (int gpu = 0; gpu < GPUS; gpu++) {
            state.putLong(at(gpu) + 48, 0);
            state.putLong(at(gpu) + 72, 0);
        }
    }

    void ignoreLocks() {
        state.putInt(16, 1);
    }

    void removeDriver(boolean removed) {
        state.putInt(20, removed ? 1 : 0);
    }

    void answerOnlyForTheModule() {
        state.putInt(24, 1);
    }

    void lose(int gpu, boolean lost) {
        state.putInt(at(gpu) + 56, lost ? 1 : 0);
    }

    void cutIntoInstances(int gpu) {
        state.putInt(at(gpu) + 60, 1);
    }

    private static int at(int gpu) {
        return HEADER + gpu * GPU;
    }
}
