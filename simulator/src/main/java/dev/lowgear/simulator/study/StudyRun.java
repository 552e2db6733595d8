package dev.lowgear.simulator.study;

/**
 * A finished run, as it stands in the file of a study.
 *
 * @param key hash of everything it depends on
 * @param trace of its {@link Cell}, as are load, slo, engine and idlePowerFactor
 * @param load fraction of r*
 * @param slo name of the SLO set
 * @param engine profile
 * @param idlePowerFactor of rest and idle power
 * @param seed of physics, noise and arrivals
 * @param contender that it was run for
 * @param policy that was run, with its clock where one is swept
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
 * @param clipped requests cut to the model's window
 * @param wallSeconds it took
 */
record StudyRun(
        String key,
        String trace,
        double load,
        String slo,
        String engine,
        double idlePowerFactor,
        long seed,
        String contender,
        String policy,
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
        long clockSwitches,
        int clipped,
        double wallSeconds) {
    static StudyRun of(
            String key,
            StudyPlan.Trial trial,
            Contender contender,
            String policy,
            Laboratory.Measured measured,
            int clipped,
            double wallSeconds) {
        Cell cell = trial.cell();
        return new StudyRun(
                key,
                cell.trace(),
                cell.load(),
                cell.slo().option(),
                cell.engine().id(),
                cell.idlePowerFactor(),
                trial.seed(),
                contender.name(),
                policy,
                measured.requests(),
                measured.attained(),
                measured.ttftMet(),
                measured.tbtMet(),
                measured.e2eMet(),
                measured.joules(),
                measured.tokens(),
                measured.seconds(),
                measured.ttftP99Millis(),
                measured.tbtP99Millis(),
                measured.e2eP99Millis(),
                measured.meanClockMhz(),
                measured.clockSwitches(),
                clipped,
                wallSeconds);
    }

    double attainment() {
        return requests == 0 ? 1 : (double) attained / requests;
    }
}
