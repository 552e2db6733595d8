package dev.lowgear.guardian.client;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.guardian.protocol.GuardianAnswer;
import dev.lowgear.guardian.protocol.GuardianRequest;
import dev.lowgear.guardian.protocol.GuardianStatus;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Asks a guardian for clocks. No method waits: each returns a future that ends with the
 * acknowledgement, with {@link GuardianRefusedException}, or with {@link
 * GuardianUnreachableException} within the acknowledgement timeout. Futures end on the client's own
 * thread: what is chained to them must be brief.
 *
 * <p>The connection is made, watched and made again in the background. While there is none,
 * requests fail at once; after one was lost, leases run on at the guardian until they end, and
 * {@link #renew} continues them or is refused with {@code NOT_LEASED}. Safe for any thread.
 */
public final class GuardianClient implements AutoCloseable {
    private final Connection connection;
    private final Thread thread;

    private GuardianClient(Connection connection) {
        this.connection = connection;
        this.thread = Thread.ofPlatform().name("guardian-client").daemon().unstarted(connection);
    }

    /** A client that has begun to connect. */
    public static GuardianClient open(GuardianClientSettings settings) throws IOException {
        GuardianClient client = new GuardianClient(new Connection(settings));
        client.thread.start();
        return client;
    }

    /**
     * Locks all GPUs of an engine to one clock, or none of them.
     *
     * @param lease how long it holds from this call without renewal, positive, in whole
     *     milliseconds but at least one; the guardian shortens it to its node's maximum
     * @return the clock it became after the node's floor and ceiling and what the GPUs support, in
     *     MHz; where a newer request of the engine overtook this one, what that made of it
     */
    public CompletableFuture<Integer> set(
            EngineId engine, int clockMhz, Duration lease, List<String> gpus) {
        return clock(new GuardianRequest.Set(engine, clockMhz, millis(lease), gpus));
    }

    /**
     * Keeps what is locked.
     *
     * @param lease how long it holds from this call, as for {@link #set}
     * @return the clock that is kept, in MHz
     */
    public CompletableFuture<Integer> renew(EngineId engine, Duration lease) {
        return clock(new GuardianRequest.Renew(engine, millis(lease)));
    }

    /** Gives an engine's default clocks back now; done when they are. */
    public CompletableFuture<Void> reset(EngineId engine) {
        return clock(new GuardianRequest.Reset(engine)).thenApply(clock -> null);
    }

    /** Asks the guardian how it is. */
    public CompletableFuture<GuardianStatus> status() {
        return connection
                .submit(new GuardianRequest.Status())
                .thenCompose(answer ->
                        switch (answer) {
                            case GuardianAnswer.Report report ->
                                    CompletableFuture.completedFuture(report.status());
                            case GuardianAnswer.Refused refused -> refused(refused);
                            case GuardianAnswer.Done done -> unexpected(done);
                        });
    }

    /** What is known of the guardian, without asking it. */
    public GuardianHealth health() {
        return connection.health();
    }

    /** Ends the connection; requests without an answer fail, and leases run out. */
    @Override
    public void close() {
        connection.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Integer> clock(GuardianRequest request) {
        return connection
                .submit(request)
                .thenCompose(answer ->
                        switch (answer) {
                            case GuardianAnswer.Done done ->
                                    CompletableFuture.completedFuture(done.clockMhz());
                            case GuardianAnswer.Refused refused -> refused(refused);
                            case GuardianAnswer.Report report -> unexpected(report);
                        });
    }

    private static long millis(Duration lease) {
        if (!lease.isPositive()) {
            throw new IllegalArgumentException("a lease is positive, got " + lease);
        }
        return Math.max(1, lease.toMillis());
    }

    private static <T> CompletableFuture<T> refused(GuardianAnswer.Refused refused) {
        return CompletableFuture.failedFuture(new GuardianRefusedException(refused));
    }

    private static <T> CompletableFuture<T> unexpected(GuardianAnswer answer) {
        return CompletableFuture.failedFuture(
                new GuardianUnreachableException("unexpected answer '" + answer.line() + "'"));
    }
}
