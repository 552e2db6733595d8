package dev.lowgear.guardian.client;

import dev.lowgear.guardian.protocol.GuardianAnswer;
import dev.lowgear.guardian.protocol.GuardianRequest;

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

    /** The request with the lease that remains, since it ends when its caller meant it to. */
    GuardianRequest remaining(long nowNanos) {
        long waitedMillis = (nowNanos - madeNanos + 999_999) / 1_000_000;
        return switch (request) {
            case GuardianRequest.Set set ->
                    new GuardianRequest.Set(
                            set.engine(),
                            set.clockMhz(),
                            Math.max(1, set.leaseMillis() - waitedMillis),
                            set.gpus());
            case GuardianRequest.Renew renew ->
                    new GuardianRequest.Renew(
                            renew.engine(), Math.max(1, renew.leaseMillis() - waitedMillis));
            case GuardianRequest.Reset reset -> reset;
            case GuardianRequest.Status status -> status;
        };
    }

    void fail(String reason) {
        answer.completeExceptionally(new GuardianUnreachableException(reason));
    }
}
