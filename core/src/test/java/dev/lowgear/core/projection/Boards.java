package dev.lowgear.core.projection;

import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.request.SurvivalCurve;
import dev.lowgear.core.slo.Promise;
import dev.lowgear.core.slo.SloTargets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Requests and scoreboards for tests; times in milliseconds. */
public final class Boards {
    private Boards() {}

    /** Nanoseconds of so many milliseconds. */
    public static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    /** A promise of the policy {@code standard} with these targets, absent where null. */
    public static Promise promise(
            @Nullable Integer ttft,
            @Nullable Integer tbtMean,
            @Nullable Integer tbtTail,
            @Nullable Integer e2e) {
        var targets =
                new SloTargets(duration(ttft), duration(tbtMean), duration(tbtTail), duration(e2e));
        return new Promise("standard", targets, false, false);
    }

    /** A waiting request that arrived at time 0. */
    public static ScoreboardEntry waiting(
            String id, int prompt, SurvivalCurve curve, Promise promise) {
        return new ScoreboardEntry(id, RequestShape.of("m", prompt, 4_096), promise, curve, 0, 0);
    }

    /** A request that arrived at time 0 and got all its tokens at {@code tokensAtMillis}. */
    public static ScoreboardEntry decoding(
            String id,
            int prompt,
            int generated,
            long tokensAtMillis,
            SurvivalCurve curve,
            Promise promise) {
        ScoreboardEntry entry = waiting(id, prompt, curve, promise);
        for (int i = 0; i < generated; i++) {
            entry.token(millis(tokensAtMillis));
        }
        return entry;
    }

    private static @Nullable Duration duration(@Nullable Integer millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
