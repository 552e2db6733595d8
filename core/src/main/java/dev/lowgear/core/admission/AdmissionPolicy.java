package dev.lowgear.core.admission;

import dev.lowgear.core.projection.ScoreboardEntry;

import java.util.Collection;

/** Decides whether a request may start on an engine now. Changes nothing. */
public interface AdmissionPolicy {
    /**
     * The answer for one request.
     *
     * @param present requests already on the engine, in order of admission
     * @param candidate the one that asks, not among them
     */
    Admission decide(Collection<ScoreboardEntry> present, ScoreboardEntry candidate, long nowNanos);
}
