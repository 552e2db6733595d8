package dev.lowgear.guardian.protocol;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Lines over a non-blocking socket: never waits for the other side. Owned by one thread. */
public final class LineChannel implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer arriving = ByteBuffer.allocate(Line.MAXIMUM_LENGTH);
    private final Deque<ByteBuffer> leaving = new ArrayDeque<>();
    private int leavingBytes;

    /** Takes over a connected channel. */
    public LineChannel(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
    }

    /** What to register with a selector. */
    public SelectableChannel selectable() {
        return channel;
    }

    /**
     * Passes on every line that has arrived whole.
     *
     * @return whether the other side may send more
     * @throws ProtocolException if a line is too long
     */
    public boolean read(Consumer<Line> lines) throws IOException {
        while (true) {
            int count = channel.read(arriving);
            arriving.flip();
            passOn(lines);
            arriving.compact();
            if (!arriving.hasRemaining()) {
                throw new ProtocolException(
                        "a line is longer than " + Line.MAXIMUM_LENGTH + " bytes");
            }
            if (count <= 0) {
                return count == 0;
            }
        }
    }

    private void passOn(Consumer<Line> lines) {
        int start = arriving.position();
        for (int i = start; i < arriving.limit(); i++) {
            if (arriving.get(i) == '\n') {
                lines.accept(
                        Line.parse(
                                new String(
                                        arriving.array(),
                                        start,
                                        i - start,
                                        StandardCharsets.US_ASCII)));
                start = i + 1;
            }
        }
        arriving.position(start);
    }

    /** Adds a line to those that leave. */
    public void write(Line line) {
        byte[] bytes = line.toString().getBytes(StandardCharsets.US_ASCII);
        leaving.add(ByteBuffer.wrap(bytes));
        leavingBytes += bytes.length;
    }

    /** Sends what the socket takes now; whether nothing is left. */
    public boolean flush() throws IOException {
        for (ByteBuffer next = leaving.peek(); next != null; next = leaving.peek()) {
            leavingBytes -= channel.write(next);
            if (next.hasRemaining()) {
                return false;
            }
            leaving.remove();
        }
        return true;
    }

    /** Bytes that the socket has not taken yet: grows while the other side does not read. */
    public int leavingBytes() {
        return leavingBytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
