package dev.lowgear.guardian;

import dev.lowgear.guardian.protocol.GuardianAnswer;
import dev.lowgear.guardian.protocol.GuardianAnswer.Code;
import dev.lowgear.guardian.protocol.GuardianRequest;
import dev.lowgear.guardian.protocol.GuardianStatus;
import dev.lowgear.guardian.protocol.Line;
import dev.lowgear.guardian.protocol.LineChannel;

import jdk.net.ExtendedSocketOptions;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Serves the Unix socket on one thread: reads requests, hands them to the actuator thread, writes
 * answers as they come, and answers status itself, so that a guardian whose driver hangs can still
 * say so.
 *
 * <p>The kernel tells who the other side is; users that are not allowed are told so and hung up on.
 * A client that does not read its answers, or sends nonsense without end, is hung up on. If this
 * process was stopped for a while, whatever waits in the sockets was meant for another time, and
 * every client is hung up on before a line is read.
 */
final class SocketServer {
    private static final int MOST_CLIENTS = 64;
    private static final int MOST_LEAVING_BYTES = 64 * 1024;
    private static final int MOST_UNANSWERED = 4_096;
    private static final long SELECT_MILLIS = 200;
    private static final long STOPPED_NANOS = 1_000_000_000;

    private final Path socket;
    private final Set<String> allowedUsers;
    private final ActuatorThread actuator;
    private final Supplier<GuardianStatus> status;
    private final EventLog log;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;

    private record Answered(Client client, Line line) {}

    private static final class Client {
        final LineChannel lines;
        final SelectionKey key;
        int unanswered;

        Client(LineChannel lines, SelectionKey key) {
            this.lines = lines;
            this.key = key;
        }
    }

    private SocketServer(
            Path socket,
            Set<String> allowedUsers,
            ActuatorThread actuator,
            Supplier<GuardianStatus> status,
            EventLog log)
            throws IOException {
        this.socket = socket;
        this.allowedUsers = allowedUsers;
        this.actuator = actuator;
        this.status = status;
        this.log = log;
        this.selector = Selector.open();
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    /**
     * A server whose socket can be connected to.
     *
     * @throws IOException with a message for an operator
     */
    static SocketServer bind(
            GuardianConfig config,
            ActuatorThread actuator,
            Supplier<GuardianStatus> status,
            EventLog log)
            throws IOException {
        SocketServer server =
                new SocketServer(config.socket(), config.allowedUsers(), actuator, status, log);
        try {
            SocketFile.prepare(config.socket());
            server.server.bind(UnixDomainSocketAddress.of(config.socket()), MOST_CLIENTS);
            SocketFile.restrict(config.socket(), config.socketGroup());
            server.server.configureBlocking(false);
            server.server.register(server.selector, SelectionKey.OP_ACCEPT);
            return server;
        } catch (IOException e) {
            server.server.close();
            server.selector.close();
            throw e;
        }
    }

    /** Serves until stopped. */
    void serve() throws IOException {
        try {
            serveUntilStopped();
        } finally {
            end();
        }
    }

    private void serveUntilStopped() throws IOException {
        long last = System.nanoTime();
        while (!stopping) {
            selector.select(SELECT_MILLIS);
            long now = System.nanoTime();
            if (now - last - SELECT_MILLIS * 1_000_000 > STOPPED_NANOS) {
                log.record("event=was-stopped millis=" + (now - last) / 1_000_000);
                hangUpOnAll();
                hangUpOnThoseWhoWait();
            }
            last = now;
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
                    keys.hasNext(); ) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.attachment() instanceof Client client) {
                    serve(client, now);
                } else if (key.isValid()) {
                    accept();
                }
            }
            writeAnswers();
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return;
        }
        LineChannel lines = new LineChannel(channel);
        String user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        if (!allowedUsers.contains(user) || selector.keys().size() > MOST_CLIENTS) {
            log.record("event=client-refused user=" + user);
            answer(
                    lines,
                    OptionalLong.empty(),
                    new GuardianAnswer.Refused(Code.NOT_PERMITTED, user + " may not connect"));
            lines.flush();
            lines.close();
            return;
        }
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new Client(lines, key));
    }

    private void serve(Client client, long now) {
        try {
            boolean more = client.lines.read(line -> request(client, line, now));
            flush(client);
            if (!more) {
                hangUp(client);
            }
        } catch (IOException e) {
            log.record("event=client-dropped reason=" + e.getMessage());
            hangUp(client);
        }
    }

    private void request(Client client, Line line, long now) {
        GuardianRequest request;
        try {
            request = GuardianRequest.parse(line.text());
        } catch (IllegalArgumentException e) {
            answer(
                    client.lines,
                    line.tag(),
                    new GuardianAnswer.Refused(Code.BAD_REQUEST, String.valueOf(e.getMessage())));
            return;
        }
        if (request instanceof GuardianRequest.Status) {
            answer(client.lines, line.tag(), new GuardianAnswer.Report(status.get()));
            return;
        }
        client.unanswered++;
        actuator.submit(
                new Order(
                        request,
                        now,
                        answer -> {
                            answered.add(new Answered(client, new Line(line.tag(), answer.line())));
                            selector.wakeup();
                        }));
    }

    private void writeAnswers() {
        for (Answered next = answered.poll(); next != null; next = answered.poll()) {
            Client client = next.client();
            client.unanswered--;
            if (client.key.isValid()) {
                client.lines.write(next.line());
                try {
                    flush(client);
                } catch (IOException e) {
                    log.record("event=client-dropped reason=" + e.getMessage());
                    hangUp(client);
                }
            }
        }
    }

    private static void answer(LineChannel lines, OptionalLong tag, GuardianAnswer answer) {
        lines.write(new Line(tag, answer.line()));
    }

    private void flush(Client client) throws IOException {
        boolean flushed = client.lines.flush();
        if (client.lines.leavingBytes() > MOST_LEAVING_BYTES
                || client.unanswered > MOST_UNANSWERED) {
            throw new IOException("does not read its answers");
        }
        client.key.interestOps(
                flushed ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private void hangUpOnAll() {
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Client client) {
                hangUp(client);
            }
        }
    }

    private void hangUpOnThoseWhoWait() throws IOException {
        for (SocketChannel next = server.accept(); next != null; next = server.accept()) {
            next.close();
        }
    }

    private void hangUp(Client client) {
        client.key.cancel();
        try {
            client.lines.close();
        } catch (IOException e) {
            log.record("event=close-failed reason=" + e.getMessage());
        }
    }

    /** Ends {@link #serve} and removes the socket. */
    void stop(Duration patience) throws InterruptedException {
        stopping = true;
        selector.wakeup();
        if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            log.record("event=stop-timeout what=socket");
        }
    }

    private void end() throws IOException {
        try (selector;
                server) {
            hangUpOnAll();
            Files.deleteIfExists(socket);
        } finally {
            ended.countDown();
        }
    }
}
