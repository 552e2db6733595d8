package dev.lowgear.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.guardian.client.GuardianClient;
import dev.lowgear.guardian.client.GuardianClientSettings;
import dev.lowgear.guardian.client.GuardianRefusedException;
import dev.lowgear.guardian.client.GuardianUnreachableException;
import dev.lowgear.guardian.protocol.GuardianAnswer.Code;
import dev.lowgear.guardian.protocol.GuardianStatus;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The guardian as a process, with real sockets, files and signals. */
@Timeout(120)
class GuardianProcessTest {
    private static final EngineId ENGINE = new EngineId("chat-1");
    private static final List<String> GPUS = List.of("GPU-a", "GPU-b");
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration LONG_LEASE = Duration.ofSeconds(60);

    @TempDir Path directory;

    @Test
    void silenceGivesTheClocksBack() throws Exception {
        try (var guardian = GuardianProcess.serving(directory)) {
            try (var client = guardian.client()) {
                assertThat(client.set(ENGINE, 1005, LEASE, GPUS).get()).isEqualTo(1005);
                assertThat(guardian.clock("GPU-a")).isEqualTo(1005);
                assertThat(guardian.clock("GPU-b")).isEqualTo(1005);
                assertThat(client.renew(ENGINE, LEASE).get()).isEqualTo(1005);
            }
            guardian.awaitClock("GPU-a", 0);
            guardian.awaitClock("GPU-b", 0);
            assertThat(guardian.log()).contains("event=lease-expired engine=chat-1");
        }
    }

    @Test
    void aKilledGuardianLeavesLocksThatItsSuccessorResets() throws Exception {
        try (var guardian = GuardianProcess.serving(directory, "maximum-lease-ms=60000");
                var client = guardian.client()) {
            client.set(ENGINE, 1005, LONG_LEASE, GPUS).get();
            guardian.signal("KILL");
            guardian.awaitEnd();
            assertThat(guardian.clock("GPU-a")).as("a lock outlives its maker").isEqualTo(1005);

            try (var successor = GuardianProcess.serving(directory)) {
                successor.awaitClock("GPU-a", 0);
                successor.awaitClock("GPU-b", 0);
                await().until(() -> client.health().connected());
                assertThatThrownBy(() -> client.renew(ENGINE, LEASE).get())
                        .cause()
                        .asInstanceOf(
                                InstanceOfAssertFactories.type(GuardianRefusedException.class))
                        .extracting(GuardianRefusedException::code)
                        .isEqualTo(Code.NOT_LEASED);
                assertThat(client.set(ENGINE, 900, LEASE, GPUS).get()).isEqualTo(900);
            }
        }
    }

    @Test
    void resetsAfterAKillWithoutServing() throws Exception {
        try (var guardian = GuardianProcess.serving(directory, "maximum-lease-ms=60000");
                var client = guardian.client()) {
            client.set(ENGINE, 1005, LONG_LEASE, GPUS).get();
            guardian.signal("KILL");
            guardian.awaitEnd();
        }
        try (var reset =
                GuardianProcess.start(
                        directory, GuardianProcess.config(directory), List.of("--reset"))) {
            assertThat(reset.awaitEnd()).isZero();
            assertThat(reset.clock("GPU-a")).isZero();
            assertThat(reset.clock("GPU-b")).isZero();
        }
    }

    @Test
    void theStatusSaysWhetherOneServes() throws Exception {
        try (var guardian = GuardianProcess.serving(directory)) {
            assertThat(statusCode()).isZero();
            assertThat(Files.readString(directory.resolve("question/out.log")))
                    .startsWith("actuator=simulated beat-age-ms=");
            guardian.stop();
            assertThat(statusCode()).as("one that was stopped").isEqualTo(1);
            assertThat(Files.readString(directory.resolve("question/err.log")))
                    .contains("no answer within 1000 ms");
        }
        assertThat(statusCode()).as("one that was killed").isEqualTo(1);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        try (var guardian =
                GuardianProcess.start(
                        directory, GuardianProcess.config(directory), List.of("--restart"))) {
            assertThat(guardian.awaitEnd()).isEqualTo(2);
            assertThat(guardian.log()).contains("--restart? see --help");
        }
    }

    private int statusCode() throws Exception {
        var out = Files.createDirectories(directory.resolve("question"));
        try (var question =
                GuardianProcess.start(
                        out, directory.resolve("guardian.properties"), List.of("--status"))) {
            return question.awaitEnd();
        }
    }

    @Test
    void aTerminatedGuardianGivesTheClocksBackFirst() throws Exception {
        try (var guardian = GuardianProcess.serving(directory, "maximum-lease-ms=60000");
                var client = guardian.client()) {
            client.set(ENGINE, 1005, LONG_LEASE, GPUS).get();

            guardian.signal("TERM");
            guardian.awaitEnd();

            assertThat(guardian.clock("GPU-a")).isZero();
            assertThat(guardian.log()).contains("event=stopped locked-gpus=0");
            assertThat(directory.resolve("guardian.sock")).doesNotExist();
        }
    }

    @Test
    void endsWithItsParentWhereAskedTo() throws Exception {
        try (var guardian =
                        GuardianProcess.serving(
                                directory, "maximum-lease-ms=60000", "stop-with-parent=true");
                var client = guardian.client()) {
            client.set(ENGINE, 1005, LONG_LEASE, GPUS).get();

            guardian.process.getOutputStream().close();

            assertThat(guardian.awaitEnd()).isZero();
            assertThat(guardian.clock("GPU-a")).isZero();
        }
    }

    @Test
    void aReleaseFileStandsAboveEveryRequest() throws Exception {
        try (var guardian = GuardianProcess.serving(directory, "maximum-lease-ms=60000");
                var client = guardian.client()) {
            client.set(ENGINE, 1005, LONG_LEASE, GPUS).get();

            Files.createFile(directory.resolve("release"));
            guardian.awaitClock("GPU-a", 0);
            guardian.awaitClock("GPU-b", 0);
            assertThatThrownBy(() -> client.set(ENGINE, 1005, LEASE, GPUS).get())
                    .cause()
                    .asInstanceOf(InstanceOfAssertFactories.type(GuardianRefusedException.class))
                    .extracting(GuardianRefusedException::code)
                    .isEqualTo(Code.RELEASED);
            assertThat(client.status().get().releaseAsked()).isTrue();

            Files.delete(directory.resolve("release"));
            await().until(() -> !client.status().get().releaseAsked());
            assertThat(client.set(ENGINE, 1005, LEASE, GPUS).get()).isEqualTo(1005);
        }
    }

    @Test
    void aStoppedGuardianForgetsWhatWasSaidWhileItWasStopped() throws Exception {
        try (var guardian = GuardianProcess.serving(directory, "maximum-lease-ms=60000");
                var client = impatient();
                SocketChannel raw =
                        SocketChannel.open(
                                UnixDomainSocketAddress.of(directory.resolve("guardian.sock")))) {
            await().until(() -> client.health().connected());
            guardian.stop();
            raw.write(ascii("set chat-1 1005 60000 GPU-a\n"));
            CompletableFuture<Integer> unanswered = client.set(ENGINE, 900, LONG_LEASE, GPUS);
            assertThatThrownBy(unanswered::get)
                    .hasCauseInstanceOf(GuardianUnreachableException.class);
            assertThat(client.health().isWell(Duration.ofSeconds(1))).isFalse();

            guardian.signal("CONT");

            assertThat(isHungUpOn(raw)).isTrue();
            GuardianStatus status;
            try (var patient = guardian.client()) {
                await().until(() -> patient.health().status().isPresent());
                status = patient.status().get();
            }
            assertThat(status.sets()).isZero();
            assertThat(guardian.clock("GPU-a")).isZero();
        }
    }

    @Test
    void aPersonCanTalkToIt() throws Exception {
        try (var guardian = GuardianProcess.serving(directory);
                SocketChannel raw =
                        SocketChannel.open(
                                UnixDomainSocketAddress.of(directory.resolve("guardian.sock")))) {
            assertThat(ask(raw, "set chat-1 1005 2000 GPU-a\n")).isEqualTo("ok 1005\n");
            assertThat(ask(raw, "renew chat-1 2000\n")).isEqualTo("ok 1005\n");
            assertThat(ask(raw, "reset chat-1\n")).isEqualTo("ok 0\n");
            assertThat(ask(raw, "#12 faster please\n"))
                    .isEqualTo(
                            "#12 error bad-request"
                                    + " 'faster' is none of set, renew, reset, status\n");
            assertThat(ask(raw, "status\n"))
                    .matches("ok actuator=simulated beat-age-ms=\\d+ .*refusals=0\n");
            assertThat(guardian.clock("GPU-a")).isZero();
        }
    }

    @Test
    void strangersAreToldSoAndHungUpOn() throws Exception {
        try (var guardian = GuardianProcess.serving(directory, "allowed-users=somebody-else");
                SocketChannel raw =
                        SocketChannel.open(
                                UnixDomainSocketAddress.of(directory.resolve("guardian.sock")))) {
            assertThat(read(raw))
                    .isEqualTo(
                            "error not-permitted "
                                    + System.getProperty("user.name")
                                    + " may not connect\n");
            assertThat(raw.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(guardian.log()).contains("event=client-refused");
        }
    }

    @Test
    void saysInOneLineWhyItCannotStart() throws Exception {
        try (var guardian =
                GuardianProcess.start(
                        directory,
                        GuardianProcess.config(directory, "gpus=GPU-a,../etc"),
                        List.of())) {
            assertThat(guardian.awaitEnd()).isEqualTo(2);
            assertThat(guardian.log()).isEqualTo("guardian: gpus: '../etc' is no GPU UUID\n");
        }
    }

    @Test
    void twoDoNotShareAJournal() throws Exception {
        try (var first = GuardianProcess.serving(directory)) {
            Path other = Files.createDirectory(directory.resolve("other"));
            Path config = GuardianProcess.config(other, "journal=" + directory.resolve("journal"));
            try (var second = GuardianProcess.start(other, config, List.of())) {
                assertThat(second.awaitEnd()).isEqualTo(2);
                assertThat(second.log()).contains("is in use by another guardian");
            }
            assertThat(first.process.isAlive()).isTrue();
        }
    }

    private GuardianClient impatient() throws IOException {
        return GuardianClient.open(
                new GuardianClientSettings(
                        directory.resolve("guardian.sock"),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(200),
                        Duration.ofMillis(200),
                        100));
    }

    /** The other side has closed, with or without having read what was written. */
    private static boolean isHungUpOn(SocketChannel channel) throws IOException {
        try {
            return channel.read(ByteBuffer.allocate(100)) == -1;
        } catch (SocketException e) {
            return true;
        }
    }

    private static String ask(SocketChannel channel, String line) throws IOException {
        channel.write(ascii(line));
        return read(channel);
    }

    private static String read(SocketChannel channel) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(512);
        while (!text.toString().endsWith("\n") && channel.read(buffer.clear()) > 0) {
            text.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
        }
        return text.toString();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
