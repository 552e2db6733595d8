package dev.lowgear.performance;

import java.util.ArrayList;
import java.util.List;

/**
 * Telemetry of engines that share a fingerprint.
 *
 * @param iterations measured iterations
 * @param power metering windows
 */
public record TrainingSet(List<TrainingSample> iterations, List<PowerSample> power) {
    private static final long SECOND = 1_000_000;
    private static final int FOLDS = 5;

    public TrainingSet {
        iterations = List.copyOf(iterations);
        power = List.copyOf(power);
    }

    /** Whether telemetry of this moment is kept from training: every fifth second is. */
    public static boolean isHeldOut(long epochMicros) {
        return Math.floorMod(Math.floorDiv(epochMicros, SECOND), FOLDS) == FOLDS - 1;
    }

    /** What may be trained on. */
    public TrainingSet training() {
        return part(false);
    }

    /** What training never sees. */
    public TrainingSet heldOut() {
        return part(true);
    }

    private TrainingSet part(boolean heldOut) {
        List<TrainingSample> samples = new ArrayList<>();
        for (TrainingSample sample : iterations) {
            if (isHeldOut(sample.epochMicros()) == heldOut) {
                samples.add(sample);
            }
        }
        List<PowerSample> windows = new ArrayList<>();
        for (PowerSample window : power) {
            if (isHeldOut(window.epochMicros()) == heldOut) {
                windows.add(window);
            }
        }
        return new TrainingSet(samples, windows);
    }
}
