package dev.lowgear.core.admission;

/**
 * A request that waits for an engine. Times are of the owner's monotonic clock.
 *
 * @param requestId unique among those that wait
 * @param priority higher is served first
 * @param arrivalNanos when it came
 * @param deadlineNanos when its answer is due, {@link Long#MAX_VALUE} for never
 * @param sheddable whether it may give up its place under pressure
 */
public record WaitingRequest(
        String requestId, int priority, long arrivalNanos, long deadlineNanos, boolean sheddable) {}
