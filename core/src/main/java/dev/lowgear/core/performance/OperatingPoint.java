package dev.lowgear.core.performance;

/**
 * Where one engine of a known tensor parallelism runs during an iteration.
 *
 * @param clockMhz SM clock of all its GPUs, MHz
 * @param batch decoding requests
 * @param kvTokens KV-cache tokens in use
 * @param prefillTokens prompt tokens prefilled in the same iteration
 */
public record OperatingPoint(int clockMhz, double batch, double kvTokens, double prefillTokens) {
    public OperatingPoint {
        if (clockMhz <= 0) {
            throw new IllegalArgumentException("a clock is positive MHz, got " + clockMhz);
        }
        if (!(batch >= 0) || !(kvTokens >= 0) || !(prefillTokens >= 0)) {
            throw new IllegalArgumentException(
                    "a load is not negative: batch %s, kvTokens %s, prefillTokens %s"
                            .formatted(batch, kvTokens, prefillTokens));
        }
    }
}
