package dev.lowgear.core.gear;

import java.util.Locale;

/** Why a gear was chosen, as a stable code for messages, metrics and filters. */
public enum GearReason {
    /** Nothing runs: the lowest allowed clock. */
    IDLE,
    /** The policy is to hold the maximum clock. */
    MAXIMUM_CLOCK,
    /** The policy is to hold one clock. */
    FIXED_CLOCK,
    /** The lowest clock that keeps every promise, by prediction. */
    LOWEST_FEASIBLE,
    /** No allowed clock keeps every promise, by prediction: the highest one. */
    NOTHING_FEASIBLE,
    /**
     * A request cannot meet its deadline any more: the highest allowed clock (throttLL'eM §3.5).
     */
    LOST_REQUEST,
    /** The clock that costs least at the price of time that the work there is sets. */
    URGENCY_PRICE,
    /** The clock that costs least at the price of time that a deadline sets. */
    DEADLINE_PRICE,
    /** The lowest clock at which tokens come as often as promised. */
    TOKEN_FLOOR,
    /**
     * A controller's output followed what was measured; only in policies that are compared with.
     */
    FEEDBACK,
    /** The learned table knows too little about a lower clock at this load. */
    TRUST_LIMITED,
    /** No trusted table yet: a clock is tried so that one can be learned. */
    EXPLORING,
    /** No trusted table yet, and no slack to try another clock: the highest allowed one. */
    EXPLORATION_UNSAFE,
    /** A policy in force has its energy mode off. */
    ENERGY_MODE_OFF,
    /** Requests run under a policy that is not known here (yet). */
    UNKNOWN_POLICY,
    /** Neither table nor prior is known for such an engine. */
    NO_MODEL,
    /** Something runs or waits, but the agent projected nothing. */
    NOTHING_PROJECTED,
    /** A lower clock would do, but by less than the deadband. */
    DEADBAND,
    /** A lower clock would do, but the last change is too recent. */
    RHYTHM;

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The code, for example {@code lowest-feasible}. */
    public String code() {
        return code;
    }
}
