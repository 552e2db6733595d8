package dev.lowgear.performance;

import dev.lowgear.core.performance.OperatingPoint;

/**
 * One measured iteration, or the mean over several.
 *
 * @param epochMicros wall-clock start; decides only what is held out
 * @param clockMhz SM clock it ran at
 * @param batch decoding requests
 * @param kvTokens KV-cache tokens in use
 * @param prefillTokens prompt tokens prefilled in it
 * @param prefillContextTokens context of a prefilled token, mean over them
 * @param micros busy time, never counting the rest before it
 */
public record TrainingSample(
        long epochMicros,
        int clockMhz,
        double batch,
        double kvTokens,
        double prefillTokens,
        double prefillContextTokens,
        double micros) {
    public TrainingSample {
        if (clockMhz <= 0
                || !(batch >= 0)
                || !(kvTokens >= 0)
                || !(prefillTokens >= 0)
                || !(prefillContextTokens >= 0)) {
            throw new IllegalArgumentException(
                    "a sample has a clock and loads that are not negative: %d MHz, %s, %s, %s, %s"
                            .formatted(
                                    clockMhz,
                                    batch,
                                    kvTokens,
                                    prefillTokens,
                                    prefillContextTokens));
        }
        if (!(micros > 0) || !Double.isFinite(micros)) {
            throw new IllegalArgumentException("an iteration takes time, got " + micros + " µs");
        }
    }

    /** Where it ran. */
    public OperatingPoint operatingPoint() {
        return new OperatingPoint(clockMhz, batch, kvTokens, prefillTokens);
    }
}
