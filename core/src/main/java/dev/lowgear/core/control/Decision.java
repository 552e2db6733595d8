package dev.lowgear.core.control;

import dev.lowgear.core.gear.GearChoice;

import org.jspecify.annotations.Nullable;

/**
 * What to do about one engine, and why.
 *
 * @param directive {@link Directive.SetGear}, or {@link Directive.Renew} where the engine is to go
 *     on as it was told last
 * @param choice the gear wanted, with its reasons
 * @param outlook what is predicted for it; absent where nothing runs or predicts
 * @param changesGear whether the gear differs from the one told before
 * @param next what the controllers remember from now on
 */
public record Decision(
        Directive directive,
        GearChoice choice,
        @Nullable Outlook outlook,
        boolean changesGear,
        ControllerState next) {
    /** Whether the engine goes on as told last. */
    public boolean holds() {
        return directive instanceof Directive.Renew;
    }
}
