package dev.lowgear.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

class CommandLineTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<String> commands() {
        return Lowgear.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: lowgear " + command);
    }

    @Test
    void asksForACommand() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("say which command").contains("doctor");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(run("sideways")).isEqualTo(2);
        assertThat(run("up", "--sideways")).isEqualTo(2);
        assertThat(run("up", "--gateway-port", "many")).isEqualTo(2);
        assertThat(run("up", "--ports", "some")).isEqualTo(2);
    }

    @Test
    void refusesPortsThatCannotBe() {
        assertThat(run("up", "--data", folder.toString(), "--kafka-port", "70000")).isEqualTo(2);
        assertThat(err.toString()).contains("--kafka-port must be a port in 1..65535, not 70000");
    }

    @Test
    void refusesAnEnvironmentOfNobodyAndOfNoName() {
        assertThat(run("up", "--data", folder.toString(), "--env", "broker:A=b")).isEqualTo(2);
        assertThat(err.toString()).contains("no service 'broker'", "[gateway, agent");
        assertThat(run("up", "--data", folder.toString(), "--env", "A=b")).isEqualTo(2);
        assertThat(err.toString()).contains("--env takes SERVICE:NAME=VALUE, not 'A=b'");
    }

    @Test
    void refusesOnePortForTwo() {
        assertThat(
                        run(
                                "up",
                                "--data",
                                folder.toString(),
                                "--kafka-port",
                                "7000",
                                "--model-port",
                                "7000"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("port 7000 is asked for twice");
    }

    @Test
    void namesThePortThatIsTakenAndItsOption() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            int status =
                    run(
                            "up",
                            "--data",
                            folder.toString(),
                            "--ports",
                            "auto",
                            "--scheduler-port",
                            port);
            assertThat(status).isEqualTo(2);
            assertThat(err.toString())
                    .isEqualToIgnoringNewLines(
                            "lowgear: port "
                                    + port
                                    + " is taken: choose another with --scheduler-port N, or free"
                                    + " ones with --ports auto");
        }
    }

    @Test
    void refusesAnEngineProfileThatIsNone() {
        assertThat(run("up", "--data", folder.toString(), "--engine", "llama")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--engine: an engine profile is <model>/<gpu>/tp<n>, got 'llama'");
    }

    @Test
    void refusesAConfigurationThatIsNotThere() {
        assertThat(run("up", "--data", folder.toString(), "--config", "/nowhere.yaml"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("/nowhere.yaml is not a readable file");
    }

    @Test
    void refusesADataFolderThatCannotBeOne() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        assertThat(run("up", "--data", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("cannot be used").contains("--data");
    }

    @Test
    void refusesADataFolderWhosePathIsTooLongForASocket() {
        var deep = folder.resolve("d".repeat(120));
        assertThat(run("up", "--data", deep.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("too long a path for a Unix socket");
    }

    @Test
    void downAndStatusSayThatNothingRuns() {
        assertThat(run("down", "--data", folder.toString())).isZero();
        assertThat(run("status", "--data", folder.toString())).isEqualTo(1);
        assertThat(out.toString().lines()).containsExactly("not running", "not running");
    }

    @Test
    void releaseLeavesAFileThatResumeTakesAway() {
        var sentinel = folder.resolve("run").resolve("release");
        assertThat(run("release", "--data", folder.toString())).isZero();
        assertThat(sentinel).exists();
        assertThat(run("doctor", "--data", folder.toString(), "--ports", "auto")).isZero();
        assertThat(out.toString()).contains("lowgear release --resume");
        assertThat(run("release", "--resume", "--data", folder.toString())).isZero();
        assertThat(sentinel).doesNotExist();
    }

    private int run(String... arguments) {
        return Lowgear.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
