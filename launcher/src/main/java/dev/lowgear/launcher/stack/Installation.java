package dev.lowgear.launcher.stack;

import dev.lowgear.launcher.UsageException;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the built artefacts are.
 *
 * @param home the root of a built source tree
 */
public record Installation(Path home) {
    private static final String HOME_PROPERTY = "lowgear.home";

    /** The installation that this process was started from, {@code -Dlowgear.home}. */
    public static Installation own() {
        var home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new UsageException("start it by the script `lowgear` of the source tree");
        }
        return new Installation(Path.of(home).toAbsolutePath());
    }

    /** The system property that tells a child of this process the same. */
    public String asProperty() {
        return "-D" + HOME_PROPERTY + "=" + home;
    }

    /**
     * The executable jar of a service.
     *
     * @throws UsageException when it was not built
     */
    public Path serviceJar(Service service) {
        return only(home.resolve(service.module()).resolve("target"), "*-exec.jar");
    }

    /** The class path of launcher, broker and database, as {@code -cp} takes it: jars only. */
    public String launcherClassPath() {
        var target = home.resolve("launcher").resolve("target");
        var jars = new ArrayList<Path>();
        jars.add(only(target, "launcher-*.jar"));
        jars.addAll(list(target.resolve("lib"), "*.jar"));
        return jars.stream()
                .map(Path::toString)
                .reduce((left, right) -> left + File.pathSeparator + right)
                .orElseThrow();
    }

    /** The jar that holds what tethers a child to its parent. */
    public Path tetherJar() {
        return only(
                home.resolve("launcher").resolve("target").resolve("lib"),
                "embedded-infrastructure-*.jar");
    }

    private static Path only(Path folder, String pattern) {
        var found = list(folder, pattern);
        if (found.isEmpty()) {
            throw new UsageException(
                    "%s was not built: run `mvn package -DskipTests`"
                            .formatted(folder.resolve(pattern)));
        }
        return found.getFirst();
    }

    private static List<Path> list(Path folder, String pattern) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.newDirectoryStream(folder, pattern)) {
            var found = new ArrayList<Path>();
            entries.forEach(found::add);
            found.sort(null);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
