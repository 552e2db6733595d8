package dev.lowgear.core.projection;

import dev.lowgear.core.request.LengthObservation;
import dev.lowgear.core.request.SurvivalCurve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of one engine and how far each has come (throttLL'eM §3.2), in order of admission.
 *
 * <p>Mutable, owned by the engine's thread; time comes as an argument. It is soft state: it lives
 * and dies with the engine whose requests it lists, and nobody restores it. A request that is not
 * listed is answered with an exception, as owner and engine would otherwise drift apart unseen.
 */
public final class Scoreboard {
    private final Map<String, ScoreboardEntry> entries = new LinkedHashMap<>();
    private final Collection<ScoreboardEntry> view =
            Collections.unmodifiableCollection(entries.values());

    /** Adds a request at the end. */
    public void admit(ScoreboardEntry entry) {
        if (entries.putIfAbsent(entry.requestId(), entry) != null) {
            throw new IllegalArgumentException(
                    "request " + entry.requestId() + " is already on the scoreboard");
        }
    }

    /** Some of its prompt has been prefilled. */
    public void prefilled(String requestId, int tokens) {
        entry(requestId).prefilled(tokens);
    }

    /** It generated a token; its prefill is complete by then. */
    public void token(String requestId, long nowNanos) {
        entry(requestId).token(nowNanos);
    }

    /** Its KV cache was taken away: everything it had is to be prefilled again. */
    public void preempted(String requestId) {
        entry(requestId).preempted();
    }

    /** It cannot meet its deadline even at the maximum clock. */
    public void markLost(String requestId) {
        entry(requestId).markLost();
    }

    /** More is known about its length. */
    public void reestimate(String requestId, SurvivalCurve curve) {
        entry(requestId).reestimated(curve);
    }

    /** Removes a request that finished, was cancelled or failed. */
    public ScoreboardEntry remove(String requestId) {
        ScoreboardEntry entry = entry(requestId);
        entries.remove(requestId);
        return entry;
    }

    /** Whether this request is listed. */
    public boolean contains(String requestId) {
        return entries.containsKey(requestId);
    }

    /** The request's entry. */
    public ScoreboardEntry entry(String requestId) {
        ScoreboardEntry entry = entries.get(requestId);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "request " + requestId + " is not on the scoreboard");
        }
        return entry;
    }

    /** All requests in order of admission: a live view. */
    public Collection<ScoreboardEntry> entries() {
        return view;
    }

    /** How many requests there are. */
    public int size() {
        return entries.size();
    }

    /** Whether nothing runs and nothing waits. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** KV-cache tokens in use. */
    public long kvTokens() {
        long sum = 0;
        for (ScoreboardEntry entry : entries.values()) {
            sum += entry.kvTokens();
        }
        return sum;
    }

    /** Tokens not yet prefilled. */
    public long queuedPrefillTokens() {
        long sum = 0;
        for (ScoreboardEntry entry : entries.values()) {
            sum += entry.prefillTokens();
        }
        return sum;
    }

    /** What the lengths of its unfinished requests teach. */
    public List<LengthObservation> runningLengths() {
        List<LengthObservation> lengths = new ArrayList<>(entries.size());
        for (ScoreboardEntry entry : entries.values()) {
            lengths.add(entry.length(true));
        }
        return lengths;
    }
}
