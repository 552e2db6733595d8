package dev.lowgear.launcher.soak;

import java.util.Map;
import java.util.TreeMap;

/** How the soak's requests ended. */
public final class SoakTally {
    private long sent;
    private long answered;
    private long left;
    private long refused;
    private long refusedRightly;
    private final Map<String, Integer> wrong = new TreeMap<>();

    /**
     * How many requests ended how.
     *
     * @param sent so far
     * @param answered in full
     * @param left by their clients in the middle
     * @param refused because there was too much to do: 429 or 503
     * @param refusedRightly because they were no requests: 400 or 404
     * @param wrong by what was wrong, as often as it was
     */
    public record Counts(
            long sent,
            long answered,
            long left,
            long refused,
            long refusedRightly,
            Map<String, Integer> wrong) {
        public Counts {
            wrong = Map.copyOf(wrong);
        }

        public long ended() {
            return answered + left + refused + refusedRightly + errors();
        }

        public long errors() {
            return wrong.values().stream().mapToLong(Integer::longValue).sum();
        }
    }

    synchronized void sent() {
        sent++;
    }

    synchronized void answered() {
        answered++;
    }

    synchronized void left() {
        left++;
    }

    synchronized void refused() {
        refused++;
    }

    synchronized void refusedRightly() {
        refusedRightly++;
    }

    synchronized void wrong(String what) {
        wrong.merge(what, 1, Integer::sum);
    }

    synchronized Counts counts() {
        return new Counts(sent, answered, left, refused, refusedRightly, wrong);
    }
}
