package dev.lowgear.simulator.comparison;

import dev.lowgear.simulator.learning.LearnedTables;
import dev.lowgear.simulator.policy.LengthSource;

/**
 * What planners know beforehand.
 *
 * @param lengths of answers, for policies that do not name a source of their own
 * @param table of the engine's speed and power
 */
public record Knowledge(LengthSource lengths, LearnedTables.Source table) {
    /** What they know live: what they learn. */
    public static final Knowledge LEARNED =
            new Knowledge(LengthSource.LEARNED, LearnedTables.Source.LEARNED);
}
