package dev.lowgear.simulator.hindsight;

import java.util.List;

/**
 * What a schedule came to that was found with the future known.
 *
 * @param seconds virtual time, to the horizon
 * @param joules drawn in that time, idle included
 * @param requests how many there were
 * @param attained those that met all their targets before the horizon
 * @param tokens generated
 * @param ttftMillis times to first token of those that ended, ascending
 * @param tbtMillis mean times between tokens of those that ended with more than one, ascending
 * @param e2eMillis times from arrival to last token of those that ended, ascending
 * @param iterations of the schedule
 * @param schedulesServed schedules the search served whole
 * @param iterationsSearched iterations the search simulated, whole schedules or parts
 */
public record HindsightResult(
        double seconds,
        double joules,
        int requests,
        int attained,
        long tokens,
        List<Double> ttftMillis,
        List<Double> tbtMillis,
        List<Double> e2eMillis,
        long iterations,
        int schedulesServed,
        long iterationsSearched) {
    public HindsightResult {
        ttftMillis = List.copyOf(ttftMillis);
        tbtMillis = List.copyOf(tbtMillis);
        e2eMillis = List.copyOf(e2eMillis);
    }

    /** Share of requests that met all their targets. */
    public double attainment() {
        return (double) attained / requests;
    }
}
