package dev.lowgear.launcher.part;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks a guardian how it is, by one line on its Unix socket. */
public final class GuardianSocket {
    private static final int LONGEST_ANSWER = 4_096;

    private GuardianSocket() {}

    /**
     * The guardian's status, as it words it.
     *
     * @throws IOException when nobody listens, or no answer comes in time
     */
    public static Map<String, String> status(Path socket, Duration timeout) throws IOException {
        var answer = ask(socket, "status\n", timeout);
        if (!answer.startsWith("ok ")) {
            throw new IOException("unexpected answer: " + answer);
        }
        var words = new LinkedHashMap<String, String>();
        for (var word : answer.substring(3).split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                words.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return words;
    }

    private static String ask(Path socket, String line, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                var selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            channel.register(selector, SelectionKey.OP_READ);
            var answer = ByteBuffer.allocate(LONGEST_ANSWER);
            while (answer.hasRemaining()) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || selector.select(Math.max(1, left / 1_000_000)) == 0) {
                    throw new IOException("no answer within " + timeout);
                }
                selector.selectedKeys().clear();
                if (channel.read(answer) < 0) {
                    throw new IOException("the guardian hung up");
                }
                int end = answer.position() - 1;
                if (end >= 0 && answer.get(end) == '\n') {
                    return new String(answer.array(), 0, end, StandardCharsets.US_ASCII);
                }
            }
            throw new IOException("an answer without end");
        }
    }
}
