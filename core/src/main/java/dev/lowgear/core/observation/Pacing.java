package dev.lowgear.core.observation;

/**
 * What the pace of an engine may be.
 *
 * @param possible whether the engine can be paced and the node allows it
 * @param guardMicros longest pace that no running request's deadline forbids (Lowgear algorithms,
 *     §5c); {@link Long#MAX_VALUE} where none does
 */
public record Pacing(boolean possible, long guardMicros) {
    /** The engine cannot be paced. */
    public static final Pacing IMPOSSIBLE = new Pacing(false, 0);
}
