package dev.lowgear.guardian.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.guardian.protocol.GuardianAnswer;
import dev.lowgear.guardian.protocol.GuardianRequest;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Against a guardian that a test plays by hand. */
@Timeout(30)
class GuardianClientTest {
    private static final EngineId ENGINE = new EngineId("chat-1");
    private static final String STATUS =
            "actuator=none beat-age-ms=1 leased-engines=0 locked-gpus=0 failing-gpus=0"
                    + " release-asked=false sets=0 resets=0 expiries=0 refusals=0";

    @TempDir Path directory;
    private ServerSocketChannel server;
    private GuardianClient client;

    @BeforeEach
    void prepare() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        client = GuardianClient.open(settings(Duration.ofSeconds(20)));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void answersMayComeInAnyOrder() throws Exception {
        listen();
        Peer peer = accept();
        CompletableFuture<Integer> set =
                client.set(ENGINE, 1005, Duration.ofSeconds(2), List.of("GPU-a", "GPU-b"));
        String setTag = peer.expect("set chat-1 1005 \\d+ GPU-a GPU-b");
        CompletableFuture<Integer> renewal = client.renew(ENGINE, Duration.ofSeconds(2));
        String renewalTag = peer.expect("renew chat-1 \\d+");

        peer.say(renewalTag + " error not-leased nothing is leased");
        peer.say(setTag + " ok 990");

        assertThat(set.get()).isEqualTo(990);
        assertThatThrownBy(renewal::get)
                .cause()
                .asInstanceOf(InstanceOfAssertFactories.type(GuardianRefusedException.class))
                .extracting(GuardianRefusedException::code)
                .isEqualTo(GuardianAnswer.Code.NOT_LEASED);
        assertThat(client.health().connected()).isTrue();
        assertThat(client.health().status()).get().extracting("actuator").isEqualTo("none");
    }

    @Test
    void failsAtOnceWhileThereIsNoGuardianAndConnectsWhenThereIsOne() throws Exception {
        assertThatThrownBy(() -> client.reset(ENGINE).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(GuardianUnreachableException.class)
                .hasMessageContaining("guardian.sock");

        listen();
        Peer peer = accept();
        CompletableFuture<Void> reset = client.reset(ENGINE);
        peer.say(peer.expect("reset chat-1") + " ok 0");
        assertThat(reset.get()).isNull();
    }

    @Test
    void givesUpOnAGuardianThatDoesNotAnswerAndTriesAgain() throws Exception {
        client.close();
        client = GuardianClient.open(settings(Duration.ofMillis(100)));
        listen();
        Peer silent = accept();
        CompletableFuture<Integer> set =
                client.set(ENGINE, 1005, Duration.ofSeconds(2), List.of("GPU-a"));

        assertThatThrownBy(set::get)
                .hasCauseInstanceOf(GuardianUnreachableException.class)
                .hasMessageContaining("no answer within 100 ms");
        silent.awaitHangUp();
        assertThat(client.health().timedOut()).isPositive();

        Peer alive = accept();
        assertThat(client.health().connected()).isTrue();
        alive.channel().close();
    }

    @Test
    void failsWhatWaitsWhenTheGuardianDies() throws Exception {
        listen();
        Peer peer = accept();
        CompletableFuture<Integer> set =
                client.set(ENGINE, 1005, Duration.ofSeconds(2), List.of("GPU-a"));
        peer.expect("set .*");

        peer.channel().close();

        assertThatThrownBy(set::get)
                .hasCauseInstanceOf(GuardianUnreachableException.class)
                .hasMessageContaining("closed by the guardian");
    }

    @Test
    void hangsUpOnWhatIsNoGuardian() throws Exception {
        listen();
        Peer peer = accept();
        CompletableFuture<Integer> set =
                client.set(ENGINE, 1005, Duration.ofSeconds(2), List.of("GPU-a"));
        peer.expect("set .*");

        peer.say("HTTP/1.1 400 Bad Request");

        assertThatThrownBy(set::get).hasMessageContaining("is no guardian");
        peer.awaitHangUp();
    }

    @Test
    void refusesMoreThanMayWait() throws Exception {
        listen();
        Peer peer = accept();
        List<CompletableFuture<Integer>> waiting =
                List.of(
                        client.renew(ENGINE, Duration.ofSeconds(2)),
                        client.renew(ENGINE, Duration.ofSeconds(2)));

        assertThatThrownBy(() -> client.renew(ENGINE, Duration.ofSeconds(2)).get())
                .hasMessageContaining("too many");
        for (CompletableFuture<Integer> renewal : waiting) {
            peer.say(peer.expect("renew .*") + " ok 1005");
            assertThat(renewal.get()).isEqualTo(1005);
        }
    }

    @Test
    void neverAsksForALeaseThatHasEndedWhileItWaited() throws Exception {
        long made = System.nanoTime();
        Order order = new Order(new GuardianRequest.Renew(ENGINE, 100), made);

        assertThat(order.remaining(made + 40_000_000))
                .hasValue(new GuardianRequest.Renew(ENGINE, 60));
        assertThat(order.remaining(made + 100_000_000)).isEmpty();
        assertThat(new Order(new GuardianRequest.Reset(ENGINE), made).remaining(made + 1_000))
                .hasValue(new GuardianRequest.Reset(ENGINE));
        assertThatThrownBy(() -> client.renew(ENGINE, Duration.ZERO))
                .hasMessageContaining("a lease is positive");
    }

    @Test
    void aClosedClientFailsEverything() throws Exception {
        listen();
        Peer peer = accept();
        CompletableFuture<Integer> before = client.renew(ENGINE, Duration.ofSeconds(2));
        peer.expect("renew .*");

        client.close();

        assertThatThrownBy(before::get).hasMessageContaining("closed");
        assertThatThrownBy(() -> client.reset(ENGINE).get()).hasMessageContaining("closed");
    }

    private void listen() throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket()));
    }

    private GuardianClientSettings settings(Duration timeout) {
        return new GuardianClientSettings(
                socket(), timeout, Duration.ofMinutes(1), Duration.ofMillis(50), 2);
    }

    private Path socket() {
        return directory.resolve("guardian.sock");
    }

    /** Accepts a connection and answers the status that a client asks for first. */
    private Peer accept() throws IOException {
        SocketChannel channel = server.accept();
        Peer peer =
                new Peer(
                        channel,
                        new BufferedReader(Channels.newReader(channel, StandardCharsets.US_ASCII)));
        peer.say(peer.expect("status") + " ok " + STATUS);
        return peer;
    }

    private record Peer(SocketChannel channel, BufferedReader reader) {
        /** The tag of the next line, which must be this. */
        String expect(String pattern) throws IOException {
            String line = reader.readLine();
            assertThat(line).matches("#\\d+ " + pattern);
            return line.substring(0, line.indexOf(' '));
        }

        void say(String line) throws IOException {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
        }

        /** Reads to the end, which comes only when the client hangs up. */
        void awaitHangUp() throws IOException {
            reader.lines().forEach(line -> {});
        }
    }
}
