package dev.lowgear.core.control;

import dev.lowgear.core.gear.BindingConstraint;
import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.ExplorationLadder;
import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;

import java.util.List;

/**
 * Where a learned table may steer. A clock is trusted if enough iterations were seen near it at the
 * next iteration's load and at the largest projected batch. A policy may go one exploration step
 * below a trusted clock and no further: so the trusted region grows by use, one step at a time.
 */
record TrustedClocks(ModelInForce.Learned learned, ClockRange clocks, Projection projection) {

    /** The choice itself where it is trusted, else the lowest clock above it that may be used. */
    GearChoice limit(GearChoice choice) {
        int wanted = clocks.indexAtLeast(choice.gear().clockMhz());
        if (isTrusted(wanted)) {
            return choice;
        }
        int nearest = wanted;
        while (nearest < clocks.highest() && !isTrusted(nearest)) {
            nearest++;
        }
        int nearestMhz = clocks.ladder().mhz(nearest);
        int allowedMhz =
                isTrusted(nearest)
                        ? clocks.atLeast(nearestMhz - ExplorationLadder.stepMhz(clocks.ladder()))
                        : nearestMhz;
        if (allowedMhz <= choice.gear().clockMhz()) {
            return choice;
        }
        return choice.insteadAt(
                allowedMhz,
                GearReason.TRUST_LIMITED,
                choice.gear().clockMhz() + " MHz would do, but the table is not trusted there",
                new BindingConstraint.TrustEnds(nearestMhz));
    }

    private boolean isTrusted(int clockIndex) {
        List<Segment> segments = projection.segments();
        Segment fullest = segments.getFirst();
        for (Segment segment : segments) {
            if (segment.batch() > fullest.batch()) {
                fullest = segment;
            }
        }
        return isTrusted(clockIndex, segments.getFirst()) && isTrusted(clockIndex, fullest);
    }

    private boolean isTrusted(int clockIndex, Segment at) {
        return learned.table()
                .trusted(
                        learned.gate(),
                        clockIndex,
                        at.batch(),
                        at.meanKvTokens(),
                        at.prefillTokensPerIteration());
    }
}
