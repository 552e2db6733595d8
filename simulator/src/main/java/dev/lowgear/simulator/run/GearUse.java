package dev.lowgear.simulator.run;

/**
 * How the engines of a run ran, the mean over them and over all its time unless said otherwise.
 *
 * @param clockSwitches changes of clock that took effect, all engines together
 * @param directives directives obeyed that set a gear, all engines together
 * @param reflexes gears dropped because their envelope was left, all engines together
 * @param meanClockMhz mean clock
 * @param meanPaceMillis mean pace while there were requests
 * @param busyShare share of time in iterations
 * @param restShare share of time resting between iterations
 */
public record GearUse(
        long clockSwitches,
        long directives,
        long reflexes,
        double meanClockMhz,
        double meanPaceMillis,
        double busyShare,
        double restShare) {}
