package dev.lowgear.guardian.client;

import dev.lowgear.guardian.protocol.GuardianAnswer;
import dev.lowgear.guardian.protocol.GuardianRequest;
import dev.lowgear.guardian.protocol.GuardianStatus;
import dev.lowgear.guardian.protocol.Line;
import dev.lowgear.guardian.protocol.LineChannel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The client's one thread: connects, sends, matches answers to requests by their tag, gives up on a
 * connection whose answers stay away, and tries again with back-off.
 */
final class Connection implements Runnable {
    private static final long FIRST_BACK_OFF_NANOS = 20_000_000;

    private final GuardianClientSettings settings;
    private final Selector selector;
    private final Queue<Order> submitted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean stopping;

    // Owned by the client's thread.
    private final Map<Long, Order> unanswered = new LinkedHashMap<>();
    private @Nullable LineChannel channel;
    private long tag;
    private long backOffNanos = FIRST_BACK_OFF_NANOS;
    private long nextAttemptNanos;
    private long nextStatusNanos;

    // Written by the client's thread, read by any.
    private volatile String failure = "not connected yet";
    private volatile boolean connected;
    private volatile boolean ended;
    private volatile long lastAnswerNanos;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong timedOut = new AtomicLong();
    private volatile @Nullable GuardianStatus lastStatus;

    Connection(GuardianClientSettings settings) throws IOException {
        this.settings = settings;
        this.selector = Selector.open();
        this.lastAnswerNanos = System.nanoTime();
        this.nextAttemptNanos = lastAnswerNanos;
        this.nextStatusNanos = lastAnswerNanos;
    }

    CompletableFuture<GuardianAnswer> submit(GuardianRequest request) {
        Order order = new Order(request, System.nanoTime());
        CompletableFuture<GuardianAnswer> answer =
                order.answer().whenComplete((ignored, error) -> waiting.decrementAndGet());
        if (waiting.incrementAndGet() > settings.maximumWaiting()) {
            order.fail("too many requests are waiting");
            return answer;
        }
        submitted.add(order);
        selector.wakeup();
        if (ended) {
            failSubmitted();
        }
        return answer;
    }

    GuardianHealth health() {
        return new GuardianHealth(
                connected,
                Duration.ofNanos(System.nanoTime() - lastAnswerNanos),
                acknowledged.get(),
                timedOut.get(),
                lastStatus);
    }

    void stop() {
        stopping = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                turn(System.nanoTime());
            }
        } finally {
            disconnect("the client is closed");
            ended = true;
            failSubmitted();
            closeSelector();
        }
    }

    private void turn(long now) {
        try {
            connectIfDue(now);
            askForStatusIfDue(now);
            send(now);
            giveUpIfOverdue(now);
            select(now);
            receive();
        } catch (IOException e) {
            disconnect(settings.socket() + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            disconnect(settings.socket() + " is no guardian: " + e.getMessage());
        }
    }

    private void connectIfDue(long now) throws IOException {
        if (channel != null || now - nextAttemptNanos < 0) {
            return;
        }
        nextAttemptNanos = now + backOffNanos;
        backOffNanos = Math.min(2 * backOffNanos, settings.maximumBackOff().toNanos());
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // Non-blocking: connecting to a full backlog fails instead of waiting for a guardian
            // that does not accept.
            socket.configureBlocking(false);
            if (!socket.connect(UnixDomainSocketAddress.of(settings.socket()))) {
                throw new IOException("not accepted");
            }
            channel = new LineChannel(socket);
            socket.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        connected = true;
        nextStatusNanos = now;
    }

    private void askForStatusIfDue(long now) {
        if (channel != null && now - nextStatusNanos >= 0) {
            nextStatusNanos = now + settings.statusInterval().toNanos();
            write(channel, new Order(new GuardianRequest.Status(), now), now);
        }
    }

    private void send(long now) throws IOException {
        LineChannel open = channel;
        if (open == null) {
            failSubmitted();
            return;
        }
        for (Order order = submitted.poll(); order != null; order = submitted.poll()) {
            write(open, order, now);
        }
        boolean flushed = open.flush();
        SelectionKey key = open.selectable().keyFor(selector);
        key.interestOps(
                flushed ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private void write(LineChannel open, Order order, long now) {
        Optional<GuardianRequest> request = order.remaining(now);
        if (request.isEmpty()) {
            order.fail("its lease ended while it waited");
            return;
        }
        unanswered.put(++tag, order);
        open.write(new Line(OptionalLong.of(tag), request.get().line()));
    }

    private void giveUpIfOverdue(long now) throws IOException {
        Iterator<Order> orders = unanswered.values().iterator();
        while (orders.hasNext()
                && now - orders.next().madeNanos() >= settings.acknowledgementTimeout().toNanos()) {
            timedOut.incrementAndGet();
            throw new IOException(
                    "no answer within " + settings.acknowledgementTimeout().toMillis() + " ms");
        }
    }

    private void select(long now) throws IOException {
        if (!submitted.isEmpty() || stopping) {
            selector.selectNow();
            return;
        }
        long until = channel == null ? nextAttemptNanos : nextStatusNanos;
        for (Order oldest : unanswered.values()) {
            long overdue = oldest.madeNanos() + settings.acknowledgementTimeout().toNanos();
            until = overdue - until < 0 ? overdue : until;
            break;
        }
        selector.select(Math.max(1, (until - now) / 1_000_000));
    }

    private void receive() throws IOException {
        selector.selectedKeys().clear();
        if (channel != null && !channel.read(this::answered)) {
            throw new IOException("closed by the guardian");
        }
    }

    private void answered(Line line) {
        GuardianAnswer answer = GuardianAnswer.parse(line.text());
        Order order = line.tag().isPresent() ? unanswered.remove(line.tag().getAsLong()) : null;
        if (order == null) {
            throw new IllegalArgumentException("an answer to nothing: " + line.text());
        }
        lastAnswerNanos = System.nanoTime();
        backOffNanos = FIRST_BACK_OFF_NANOS;
        acknowledged.incrementAndGet();
        if (answer instanceof GuardianAnswer.Report report) {
            lastStatus = report.status();
        }
        order.answer().complete(answer);
    }

    private void disconnect(String reason) {
        failure = reason;
        connected = false;
        LineChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                failure = reason + "; " + e.getMessage();
            }
        }
        unanswered.values().forEach(order -> order.fail(failure));
        unanswered.clear();
    }

    private void failSubmitted() {
        for (Order order = submitted.poll(); order != null; order = submitted.poll()) {
            order.fail(failure);
        }
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            failure = "closed; " + e.getMessage();
        }
    }
}
