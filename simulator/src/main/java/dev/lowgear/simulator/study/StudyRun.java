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
 * @param measured what it came to
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
        Measured measured,
        int clipped,
        double wallSeconds) {
    static StudyRun of(
            String key,
            StudyPlan.Trial trial,
            Contender contender,
            String policy,
            Measured measured,
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
                measured,
                clipped,
                wallSeconds);
    }
}
