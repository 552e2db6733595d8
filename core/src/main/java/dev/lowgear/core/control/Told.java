package dev.lowgear.core.control;

import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.gear.Gear;

/**
 * What an engine was told last.
 *
 * @param gear the gear
 * @param envelope the envelope it was told with
 * @param changedAtNanos when the gear was last another one, on the scheduler's monotonic clock
 */
public record Told(Gear gear, Envelope envelope, long changedAtNanos) {
    /** Nothing yet: the engine is in the default gear. */
    static Told nothing(long nowNanos) {
        return new Told(Gear.DEFAULT, Envelope.UNBOUNDED, nowNanos);
    }

    /** Having been told another gear, or the same one with another envelope. */
    Told then(Gear next, Envelope nextEnvelope, long nowNanos) {
        return new Told(next, nextEnvelope, next.equals(gear) ? changedAtNanos : nowNanos);
    }
}
