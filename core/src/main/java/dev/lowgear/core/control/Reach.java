package dev.lowgear.core.control;

import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.observation.EngineLoad;

/**
 * Where a gear is good.
 *
 * @param toTell the envelope an engine is told with it
 * @param toRenew what an envelope told earlier must still cover for a mere renewal; within {@code
 *     toTell}
 */
record Reach(Envelope toTell, Envelope toRenew) {
    /** Good everywhere. */
    static final Reach UNBOUNDED = new Reach(Envelope.UNBOUNDED, Envelope.UNBOUNDED);

    /** Good while nothing runs: any arrival leaves it, and the agent raises at once. */
    static Reach idle(EngineLoad load) {
        var nothing = new Envelope(0, load.kvTokens(), 0, Long.MAX_VALUE);
        return new Reach(nothing, nothing);
    }
}
