package dev.lowgear.infrastructure.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.infrastructure.postgres.PostgresServer;
import dev.lowgear.infrastructure.postgres.PostgresSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

class TetheredTest {
    @TempDir Path folder;

    @Test
    void endsInOrderWhenItsInputEnds() throws Exception {
        try (var child = start(Sleeper.class, List.of())) {
            awaitPrinted(child, "asleep");
            assertThat(child.stop(Duration.ofSeconds(30))).isTrue();
            assertThat(child.onExit().get()).isZero();
            assertThat(child.tail()).contains("hook ran");
        }
    }

    @Test
    void isHaltedWhenItsShutdownHangs() throws Exception {
        try (var child = start(Hanger.class, List.of("-Dlowgear.exit.grace.seconds=1"))) {
            awaitPrinted(child, "asleep");
            assertThat(child.stop(Duration.ofSeconds(30))).isTrue();
            assertThat(child.onExit().get()).isEqualTo(Tethered.HALTED);
        }
    }

    @Test
    void passesItsArgumentsAndTheRealMainsFailure() {
        try (var child = start(Failer.class, List.of(), "one", "two words")) {
            assertThatThrownBy(() -> child.awaitReady(Duration.ofSeconds(30), () -> false))
                    .isInstanceOf(ChildProcessException.class)
                    .hasMessageContaining("ended with status 1")
                    .hasMessageContaining("[one, two words]");
        }
    }

    @Test
    void aKilledParentTakesItsJavaAndItsDatabaseChildWithIt() throws Exception {
        try (var parent = start(Parent.class, List.of(), folder.toString())) {
            awaitPrinted(parent, "children: ");
            var line = parent.tail().lines().filter(l -> l.startsWith("children: ")).findFirst();
            var children =
                    Arrays.stream(line.orElseThrow().substring(10).split(" ", -1))
                            .map(Long::valueOf)
                            .map(pid -> ProcessHandle.of(pid).orElseThrow())
                            .toList();
            assertThat(children).hasSize(3).allMatch(ProcessHandle::isAlive);
            ProcessHandle.of(parent.pid()).orElseThrow().destroyForcibly();
            for (var child : children) {
                child.onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    private ChildProcess start(Class<?> main, List<String> options, String... arguments) {
        var jvm = new ArrayList<>(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"));
        jvm.addAll(options);
        var command =
                new JavaCommand(
                        JavaCommand.ownJava(),
                        jvm,
                        JavaCommand.ownClassPath(),
                        main.getName(),
                        List.of(arguments));
        return ChildProcess.start(
                main.getSimpleName(),
                command.words(),
                Map.of(),
                folder.resolve(main.getSimpleName() + ".out"));
    }

    private static void awaitPrinted(ChildProcess child, String text) {
        child.awaitReady(Duration.ofMinutes(1), () -> child.tail().contains(text));
    }

    public static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform().unstarted(() -> System.out.println("hook ran")));
            System.out.println("asleep");
            Thread.currentThread().join();
        }
    }

    public static final class Hanger {
        private Hanger() {}

        public static void main(String[] arguments) throws InterruptedException {
            var main = Thread.currentThread();
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform()
                                    .unstarted(() -> {
                                        try {
                                            main.join();
                                        } catch (InterruptedException e) {
                                            System.out.println("interrupted");
                                        }
                                    }));
            System.out.println("asleep");
            main.join();
        }
    }

    public static final class Failer {
        private Failer() {}

        public static void main(String[] arguments) {
            if (arguments.length > 0) {
                throw new IllegalStateException(Arrays.toString(arguments));
            }
        }
    }

    /** A parent with a Java child and a database, killed by the test. */
    public static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            var folder = Path.of(arguments[0]).resolve("of-parent");
            var sleeper =
                    ChildProcess.start(
                            "sleeper",
                            new JavaCommand(
                                            JavaCommand.ownJava(),
                                            List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
                                            JavaCommand.ownClassPath(),
                                            Sleeper.class.getName(),
                                            List.of())
                                    .words(),
                            Map.of(),
                            folder.resolve("sleeper.out"));
            var database = PostgresServer.start(PostgresSettings.in(folder));
            System.out.println(
                    "children: "
                            + sleeper.pid()
                            + " "
                            + database.process().pid()
                            + " "
                            + database.serverPid());
            Thread.currentThread().join();
        }
    }

    @Test
    void makesTheFolderOfItsOutput() {
        var output = folder.resolve("a").resolve("b").resolve("out");
        try (var child = ChildProcess.start("echo", List.of("true"), Map.of(), output)) {
            assertThat(child.onExit().join()).isZero();
            assertThat(Files.exists(output)).isTrue();
        }
    }
}
