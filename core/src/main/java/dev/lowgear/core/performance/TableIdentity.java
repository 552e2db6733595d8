package dev.lowgear.core.performance;

/**
 * Which engines a table speaks about.
 *
 * @param tableId names one published table for good; a newer version has another one
 * @param version counts up with every table published for the same engines; 0 is the prior
 * @param servedModel model name as clients know it
 * @param gpuModel GPU model name
 * @param tensorParallel GPUs of one engine
 * @param fingerprint what makes engines comparable: profile, version, dtype, limits
 */
public record TableIdentity(
        String tableId,
        int version,
        String servedModel,
        String gpuModel,
        int tensorParallel,
        String fingerprint) {
    public TableIdentity {
        if (tableId.isBlank()) {
            throw new IllegalArgumentException("a table has an id");
        }
        if (version < 0 || tensorParallel < 1) {
            throw new IllegalArgumentException(
                    "a table has a version from 0 and at least one GPU, got %d and %d"
                            .formatted(version, tensorParallel));
        }
    }
}
