package dev.lowgear.core.request;

/** Says how long an answer may become: a distribution, never one number. */
public interface LengthPredictor {
    /**
     * The distribution of the answer's length, within the request's own limits.
     *
     * @param requestId which request; only predictors that know its outcome look at it
     */
    SurvivalCurve curve(String requestId, RequestShape shape);

    /** Learns from a request that ended. Predictors that do not learn ignore it. */
    default void observe(LengthObservation observation) {}
}
