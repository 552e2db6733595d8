package dev.lowgear.core.control;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.gear.Gear;

/** What the control plane wants done to an engine, and why. */
public sealed interface Directive {
    /** The engine it is for. */
    EngineId engine();

    /** Why, in words an operator understands. */
    String reason();

    /** Run in this gear while the load stays in the envelope. Replaces and renews the lease. */
    record SetGear(EngineId engine, Gear gear, Envelope envelope, String reason)
            implements Directive {}

    /** Go on as told last: renews the lease. */
    record Renew(EngineId engine, String reason) implements Directive {}

    /** Go back to the default gear. */
    record Release(EngineId engine, String reason) implements Directive {}
}
