package dev.lowgear.agent.engine;

import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.observation.EngineLoad;

import org.jspecify.annotations.Nullable;

/**
 * One engine at one instant, as the admin API shows it.
 *
 * @param engineId engine
 * @param servedModel model name as clients know it
 * @param profile {@code <model>/<gpu>/tp<n>}
 * @param backend what runs it
 * @param state {@code starting}, {@code ready}, {@code draining} or {@code stopped}
 * @param incarnation changes whenever it restarts
 * @param uptimeMillis since its start
 * @param gear the gear in force
 * @param measuredClockMhz SM clock read back
 * @param decisionId decision in force; absent at the default gear
 * @param load what it is doing
 * @param energy joules since its start
 * @param served requests since its start
 * @param control directives since its start
 */
public record EngineStatus(
        String engineId,
        String servedModel,
        String profile,
        String backend,
        String state,
        long incarnation,
        long uptimeMillis,
        Gear gear,
        int measuredClockMhz,
        @Nullable String decisionId,
        EngineLoad load,
        Energy energy,
        Served served,
        Control control) {
    /** The same in another state. */
    public EngineStatus inState(String other) {
        return new EngineStatus(
                engineId,
                servedModel,
                profile,
                backend,
                other,
                incarnation,
                uptimeMillis,
                gear,
                measuredClockMhz,
                decisionId,
                load,
                energy,
                served,
                control);
    }

    /**
     * Metered energy of all GPUs of the engine, and what the time went to.
     *
     * @param joules what the counters say
     * @param busySeconds spent in iterations
     * @param restSeconds spent resting between them
     * @param clockSeconds integral of the measured clock over time, MHz·s, for mean clocks
     */
    public record Energy(
            double joules, double busySeconds, double restSeconds, double clockSeconds) {}

    /**
     * What it served.
     *
     * @param promptTokens prefilled
     * @param outputTokens generated
     * @param iterations run
     * @param completed requests that ended by themselves
     * @param attained of these, those that met all their targets
     * @param lost requests that could not meet their deadline even at the maximum clock
     * @param cancelled requests whose client went away
     */
    public record Served(
            long promptTokens,
            long outputTokens,
            long iterations,
            long completed,
            long attained,
            long lost,
            long cancelled) {}

    /**
     * What it was told.
     *
     * @param directives gears set by directives
     * @param renewals renewals obeyed
     * @param refused directives refused by fence or lease
     * @param expiries leases that ran out
     * @param reflexes raises because the load left the envelope
     * @param projections projections published
     */
    public record Control(
            long directives,
            long renewals,
            long refused,
            long expiries,
            long reflexes,
            long projections) {}
}
