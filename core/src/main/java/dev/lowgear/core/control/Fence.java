package dev.lowgear.core.control;

/**
 * What makes a directive current. A directive is obeyed only if it names the engine's own
 * incarnation, comes from an epoch not below the highest seen, and answers a projection not older
 * than the last one answered.
 *
 * @param schedulerEpoch offset of the owner's {@code Took} record in the controller-state topic:
 *     grows with every take-over of the shard
 * @param engineIncarnation changes whenever the engine restarts
 * @param projectionSequence the projection that was answered
 */
public record Fence(long schedulerEpoch, long engineIncarnation, long projectionSequence) {
    public Fence {
        if (schedulerEpoch < 0 || projectionSequence < 0) {
            throw new IllegalArgumentException("epoch and sequence are not negative");
        }
    }

    /** Whether this may act after {@code last} did, at the engine's current incarnation. */
    public boolean mayFollow(Fence last, long currentIncarnation) {
        return engineIncarnation == currentIncarnation
                && schedulerEpoch >= last.schedulerEpoch
                && (last.engineIncarnation != engineIncarnation
                        || schedulerEpoch > last.schedulerEpoch
                        || projectionSequence >= last.projectionSequence);
    }
}
