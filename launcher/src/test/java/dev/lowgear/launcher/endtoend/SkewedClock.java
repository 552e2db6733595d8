package dev.lowgear.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lets the wall clock of a process go wrong, as on a host whose time nobody keeps, by preloading
 * libfaketime. Its monotonic clock stays as it is. Where {@code LOWGEAR_REQUIRE_FAKETIME} is set
 * the library has to be there.
 */
final class SkewedClock {
    private static final String LIBRARY = "libfaketime.so.1";

    private SkewedClock() {}

    /** Whether this machine can do it. */
    static boolean isPossible() {
        var found = library().isPresent();
        if (Boolean.parseBoolean(System.getenv("LOWGEAR_REQUIRE_FAKETIME"))) {
            assertThat(found).as(LIBRARY + " is installed").isTrue();
        }
        return found;
    }

    /** The environment of a process whose clock is wrong by so much; empty where none can be. */
    static Map<String, String> by(Duration offset) {
        Map<String, String> environment = new TreeMap<>();
        if (isPossible()) {
            environment.put("LD_PRELOAD", library().orElseThrow().toString());
            environment.put("FAKETIME", "%+d".formatted(offset.toSeconds()));
            environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
            // With the fix, timed waits on the monotonic clock, which is not faked, return at once.
            environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        }
        return environment;
    }

    private static Optional<Path> library() {
        List<Path> places = new ArrayList<>();
        places.add(Path.of("/usr/lib/faketime"));
        var libraries = Path.of("/usr/lib");
        if (Files.isDirectory(libraries)) {
            try (var folders = Files.newDirectoryStream(libraries, "*-linux-gnu")) {
                folders.forEach(folder -> places.add(folder.resolve("faketime")));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + libraries, e);
            }
        }
        return places.stream()
                .map(place -> place.resolve(LIBRARY))
                .filter(Files::isReadable)
                .findFirst();
    }
}
