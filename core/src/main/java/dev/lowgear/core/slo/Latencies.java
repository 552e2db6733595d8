package dev.lowgear.core.slo;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How long one finished request took, in nanoseconds.
 *
 * @param ttft arrival to first token
 * @param e2e arrival to last token
 * @param gaps between its tokens; absent if it has a single one
 */
public record Latencies(long ttft, long e2e, @Nullable Gaps gaps) {
    /**
     * The gaps between the tokens of one request, in nanoseconds.
     *
     * @param mean their mean
     * @param tail their 99th percentile, nearest rank
     */
    public record Gaps(long mean, long tail) {}

    /** The targets that were missed; a target that was not promised cannot be. */
    public Set<Target> missed(SloTargets targets) {
        Set<Target> missed = EnumSet.noneOf(Target.class);
        if (ttft > targets.nanos(Target.TTFT)) {
            missed.add(Target.TTFT);
        }
        if (e2e > targets.nanos(Target.E2E)) {
            missed.add(Target.E2E);
        }
        if (gaps != null && gaps.mean() > targets.nanos(Target.TBT_MEAN)) {
            missed.add(Target.TBT_MEAN);
        }
        if (gaps != null && gaps.tail() > targets.nanos(Target.TBT_TAIL)) {
            missed.add(Target.TBT_TAIL);
        }
        return Collections.unmodifiableSet(missed);
    }

    /**
     * The largest share of a target that was used up: 1 where the tightest was only just met, above
     * where it was missed, 0 where nothing was promised.
     */
    public double usedShare(SloTargets targets) {
        double share =
                Math.max(
                        (double) ttft / targets.nanos(Target.TTFT),
                        (double) e2e / targets.nanos(Target.E2E));
        if (gaps != null) {
            share = Math.max(share, (double) gaps.mean() / targets.nanos(Target.TBT_MEAN));
            share = Math.max(share, (double) gaps.tail() / targets.nanos(Target.TBT_TAIL));
        }
        return share;
    }
}
