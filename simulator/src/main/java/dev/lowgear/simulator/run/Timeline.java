package dev.lowgear.simulator.run;

import java.util.List;

/**
 * What happened over time, in equal steps, the engines together.
 *
 * @param stepSeconds length of a step
 * @param steps in order of time
 */
public record Timeline(double stepSeconds, List<Step> steps) {
    public Timeline {
        steps = List.copyOf(steps);
    }

    /**
     * Means over one step.
     *
     * @param clockMhz over engines and time
     * @param batch requests that had begun at the end of its seconds, all engines together
     * @param watts all engines together
     * @param paceMillis at the end of its seconds, over engines
     */
    public record Step(double clockMhz, double batch, double watts, double paceMillis) {}
}
