package dev.lowgear.guardian.client;

import dev.lowgear.guardian.protocol.GuardianAnswer;
import dev.lowgear.guardian.protocol.GuardianRequest;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A request on its way to an answer.
 *
 * @param request as the caller made it
 * @param madeNanos when
 * @param answer where the answer goes
 */
record Order(GuardianRequest request, long madeNanos, CompletableFuture<GuardianAnswer> answer) {

    Order(GuardianRequest request, long madeNanos) {
        this(request, madeNanos, new CompletableFuture<>());
    }

    /**
     * The request with the lease that remains, since it ends when its caller meant it to; empty if
     * nothing does.
     */
    Optional<GuardianRequest> remaining(long nowNanos) {
        long waitedMillis = (nowNanos - madeNanos) / 1_000_000;
        return switch (request) {
            case GuardianRequest.Set set when set.leaseMillis() > waitedMillis ->
                    Optional.of(
                            new GuardianRequest.Set(
                                    set.engine(),
                                    set.clockMhz(),
                                    set.leaseMillis() - waitedMillis,
                                    set.gpus()));
            case GuardianRequest.Renew renew when renew.leaseMillis() > waitedMillis ->
                    Optional.of(
                            new GuardianRequest.Renew(
                                    renew.engine(), renew.leaseMillis() - waitedMillis));
            case GuardianRequest.Set set -> Optional.empty();
            case GuardianRequest.Renew renew -> Optional.empty();
            case GuardianRequest.Reset reset -> Optional.of(reset);
            case GuardianRequest.Status status -> Optional.of(status);
        };
    }

    void fail(String reason) {
        answer.completeExceptionally(new GuardianUnreachableException(reason));
    }
}
