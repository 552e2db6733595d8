package dev.lowgear.core.slo;

/**
 * What a request can be promised. Every target is a plain value per request, never a percentile
 * over requests.
 */
public enum Target {
    /** Time to first token. */
    TTFT,
    /** Mean time between tokens of one request. */
    TBT_MEAN,
    /** The 99th percentile of one request's own gaps between tokens. */
    TBT_TAIL,
    /** Arrival to last token. */
    E2E
}
