package dev.lowgear.simulator.study;

import dev.lowgear.simulator.run.Promises;
import dev.lowgear.simulator.run.RunResult;

/**
 * What a run came to.
 *
 * @param requests counted in attainment
 * @param attained those that met all their targets
 * @param ttftMet those that met the target of their first token, as do those after it theirs
 * @param tbtMet between tokens
 * @param e2eMet end to end
 * @param joules drawn, all GPUs together
 * @param tokens generated
 * @param seconds virtual
 * @param ttftP99Millis 99th percentile of the time to first token
 * @param tbtP99Millis of the mean time between tokens
 * @param e2eP99Millis of the end to end
 * @param meanClockMhz over all that time
 * @param clockSwitches that took effect
 */
record Measured(
        int requests,
        int attained,
        int ttftMet,
        int tbtMet,
        int e2eMet,
        double joules,
        long tokens,
        double seconds,
        double ttftP99Millis,
        double tbtP99Millis,
        double e2eP99Millis,
        double meanClockMhz,
        long clockSwitches) {
    static Measured of(RunResult result) {
        Promises promises = result.promises();
        return new Measured(
                promises.counted(),
                promises.allMet(),
                promises.ttftMet(),
                promises.tbtMet(),
                promises.e2eMet(),
                result.joules(),
                result.tokens(),
                result.seconds(),
                known(result.ttft().p99()),
                known(result.tbt().p99()),
                known(result.e2e().p99()),
                result.meanClockMhz(),
                result.gears().clockSwitches());
    }

    /** A bound has no latencies, and JSON no word for that. */
    private static double known(double millis) {
        return Double.isNaN(millis) ? 0 : millis;
    }

    double attainment() {
        return requests == 0 ? 1 : (double) attained / requests;
    }
}
