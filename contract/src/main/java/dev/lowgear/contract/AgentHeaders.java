package dev.lowgear.contract;

/**
 * Internal HTTP headers of the hop from gateway to agent. The gateway resolves policies; the agent
 * only obeys. Clients cannot set them: the gateway strips them from what it takes.
 */
public final class AgentHeaders {
    /** Request id, also returned to the client as {@code x-request-id}. */
    public static final String REQUEST_ID = "x-lowgear-request-id";

    /** Engine the request is for. */
    public static final String ENGINE = "x-lowgear-engine";

    /** Name of the resolved SLO policy. */
    public static final String POLICY = "x-lowgear-policy";

    /** Revision of it. */
    public static final String POLICY_REVISION = "x-lowgear-policy-revision";

    /** Resolved time-to-first-token target in milliseconds; absent if not promised. */
    public static final String TTFT_MILLIS = "x-lowgear-ttft-ms";

    /** Resolved mean time-between-tokens target in milliseconds; absent if not promised. */
    public static final String TBT_MEAN_MILLIS = "x-lowgear-tbt-mean-ms";

    /** Resolved tail time-between-tokens target in milliseconds; absent if not promised. */
    public static final String TBT_TAIL_MILLIS = "x-lowgear-tbt-tail-ms";

    /** Resolved end-to-end target in milliseconds; absent if not promised. */
    public static final String E2E_MILLIS = "x-lowgear-e2e-ms";

    /** Attainment the policy asks for. */
    public static final String ATTAINMENT = "x-lowgear-attainment";

    /** Priority; higher is served first. */
    public static final String PRIORITY = "x-lowgear-priority";

    /** {@code true} if the request may be shed. */
    public static final String SHEDDABLE = "x-lowgear-sheddable";

    /** {@code true} if a lost request still imposes its deadline. */
    public static final String RESCUE_LOST = "x-lowgear-rescue-lost";

    /** Tenant; absent if none. */
    public static final String TENANT = "x-lowgear-tenant";

    /**
     * Milliseconds the request has already waited at the gateway: a duration, so that clocks need
     * not agree.
     */
    public static final String WAITED_MILLIS = "x-lowgear-waited-ms";

    /**
     * In a 429 of the agent: it is full, and may have room after so many milliseconds. The gateway
     * keeps the request.
     */
    public static final String FULL_WAIT_MILLIS = "x-lowgear-full-wait-ms";

    private AgentHeaders() {}
}
