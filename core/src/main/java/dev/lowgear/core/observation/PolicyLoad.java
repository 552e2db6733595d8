package dev.lowgear.core.observation;

/**
 * What the requests of one SLO policy contribute to an engine's load.
 *
 * @param policy name of the policy
 * @param running its requests in the batch
 * @param waiting its requests queued or in prefill
 * @param urgency the sum {@code U} of the urgency price (Lowgear algorithms, §5a); at least 0
 * @param lost its requests that cannot meet their deadline even at the maximum clock
 */
public record PolicyLoad(String policy, int running, int waiting, double urgency, int lost) {
    /** Its requests that run or wait. */
    public int requests() {
        return running + waiting;
    }
}
