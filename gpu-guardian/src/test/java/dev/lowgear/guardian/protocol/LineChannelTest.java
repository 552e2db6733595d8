package dev.lowgear.guardian.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.Seeds;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

class LineChannelTest {
    @TempDir Path directory;
    private SocketChannel other;
    private LineChannel lines;

    @BeforeEach
    void connect() throws Exception {
        UnixDomainSocketAddress address =
                UnixDomainSocketAddress.of(directory.resolve("lines.sock"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            other = SocketChannel.open(address);
            lines = new LineChannel(server.accept());
        }
    }

    @AfterEach
    void disconnect() throws Exception {
        lines.close();
        other.close();
    }

    @Seeds(count = 30)
    void linesSurviveHoweverTheyAreCutIntoPieces(SplittableRandom random) throws Exception {
        List<Line> sent = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            Line line =
                    new Line(
                            random.nextBoolean() ? OptionalLong.of(i) : OptionalLong.empty(),
                            "x".repeat(random.nextInt(1, 300)));
            sent.add(line);
            text.append(line);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        List<Line> received = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int length = Math.min(random.nextInt(1, 2_000), bytes.length - from);
            other.write(ByteBuffer.wrap(bytes, from, length));
            from += length;
            assertThat(lines.read(received::add)).isTrue();
        }

        assertThat(received).isEqualTo(sent);
    }

    @Test
    void passesOnWhatCameBeforeTheEnd() throws Exception {
        other.write(ByteBuffer.wrap("#7 status\nhalf a l".getBytes(StandardCharsets.US_ASCII)));
        other.close();
        List<Line> received = new ArrayList<>();

        assertThat(lines.read(received::add)).isFalse();
        assertThat(received).containsExactly(new Line(OptionalLong.of(7), "status"));
    }

    @Test
    void refusesALineThatNeverEnds() throws Exception {
        other.write(ByteBuffer.allocate(Line.MAXIMUM_LENGTH));

        assertThatThrownBy(() -> lines.read(line -> {})).isInstanceOf(ProtocolException.class);
    }

    @Test
    void keepsWhatAPeerThatDoesNotReadLeavesBehind() throws Exception {
        Line line = new Line(OptionalLong.empty(), "y".repeat(4_000));
        int written = 0;
        boolean flushed = true;
        while (flushed && written < 10_000) {
            lines.write(line);
            written++;
            flushed = lines.flush();
        }
        assertThat(flushed).as("the socket's buffer is full").isFalse();
        assertThat(lines.leavingBytes()).isPositive();

        long read = 0;
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        while (read < written * 4_001L) {
            lines.flush();
            read += other.read(buffer.clear());
        }
        assertThat(lines.leavingBytes()).isZero();
    }
}
