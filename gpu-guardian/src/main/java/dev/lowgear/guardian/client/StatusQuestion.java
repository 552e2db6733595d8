package dev.lowgear.guardian.client;

import dev.lowgear.guardian.protocol.GuardianAnswer;
import dev.lowgear.guardian.protocol.GuardianRequest;
import dev.lowgear.guardian.protocol.GuardianStatus;
import dev.lowgear.guardian.protocol.Line;
import dev.lowgear.guardian.protocol.LineChannel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One question to a guardian, on a connection of its own: for those who only look in. */
public final class StatusQuestion {
    private StatusQuestion() {}

    /**
     * How the guardian is.
     *
     * @param socket its Unix socket
     * @param patience how long to wait for its answer
     * @throws GuardianUnreachableException if none comes, or no status
     */
    public static GuardianStatus ask(Path socket, Duration patience)
            throws GuardianUnreachableException {
        String answer = answer(socket, patience);
        try {
            if (GuardianAnswer.parse(answer) instanceof GuardianAnswer.Report report) {
                return report.status();
            }
        } catch (IllegalArgumentException e) {
            throw new GuardianUnreachableException(socket + " is no guardian: " + e.getMessage());
        }
        throw new GuardianUnreachableException("the guardian answered '" + answer + "'");
    }

    private static String answer(Path socket, Duration patience)
            throws GuardianUnreachableException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Line> lines = new ArrayList<>();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            // Non-blocking from here on: a guardian that is stopped accepts nobody.
            channel.configureBlocking(false);
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                throw new GuardianUnreachableException(socket + ": not accepted");
            }
            LineChannel line = new LineChannel(channel);
            line.write(new Line(OptionalLong.empty(), new GuardianRequest.Status().line()));
            line.flush();
            channel.register(selector, SelectionKey.OP_READ);
            boolean more = true;
            while (lines.isEmpty() && more) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new GuardianUnreachableException(
                            "no answer within " + patience.toMillis() + " ms");
                }
                selector.select(Math.max(1, left / 1_000_000));
                selector.selectedKeys().clear();
                more = line.read(lines::add);
            }
        } catch (IOException e) {
            throw new GuardianUnreachableException(socket + ": " + e.getMessage());
        }
        if (lines.isEmpty()) {
            throw new GuardianUnreachableException("the guardian hung up");
        }
        return lines.getFirst().text();
    }
}
