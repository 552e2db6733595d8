package dev.lowgear.simulator.run;

import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.physics.EngineEnergy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to: the same for the same setup and traffic, on every machine.
 *
 * @param policy the gear policy
 * @param seconds virtual time: the traffic and the drain after it, the same for every policy
 * @param promises how its requests fared
 * @param energy drawn in that time, all engines together, idle included
 * @param tokens generated
 * @param ttft times to first token, of requests that finished
 * @param tbt mean times between tokens, of requests that finished
 * @param e2e times from arrival to last token, of requests that finished
 * @param gears how the engines ran
 * @param peakWatts the highest mean over one second, all engines together
 * @param iterations simulated, all engines together
 * @param decisions how many were taken for each reason
 * @param timeline what happened over time, if asked for
 */
public record RunResult(
        String policy,
        double seconds,
        Promises promises,
        EngineEnergy energy,
        long tokens,
        Quantiles ttft,
        Quantiles tbt,
        Quantiles e2e,
        GearUse gears,
        double peakWatts,
        long iterations,
        Map<GearReason, Long> decisions,
        Optional<Timeline> timeline) {
    public RunResult {
        var ordered = new EnumMap<GearReason, Long>(GearReason.class);
        ordered.putAll(decisions);
        decisions = Collections.unmodifiableMap(ordered);
    }

    /** Requests that finished, or that did not and are past a deadline. */
    public int requests() {
        return promises.counted();
    }

    /** Those of them that met all their targets. */
    public int attained() {
        return promises.allMet();
    }

    /** Share of requests that met all their targets. */
    public double attainment() {
        return promises.all();
    }

    /** All energy. */
    public double joules() {
        return energy.joules();
    }

    /** What a token took; NaN if there was none. */
    public double joulesPerToken() {
        return tokens == 0 ? Double.NaN : joules() / tokens;
    }

    /** Mean clock over all that time. */
    public double meanClockMhz() {
        return gears.meanClockMhz();
    }

    /** Directives obeyed that set a gear; renewals are not counted. */
    public long directives() {
        return gears.directives();
    }
}
