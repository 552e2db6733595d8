package dev.lowgear.simulator.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at all engines once a second: peak power, and a timeline of bounded length. */
final class SecondsMeter {
    private static final long SECOND = 1_000_000_000;
    private static final int MOST_STEPS = 720;

    private final List<ServingEngine> engines;
    private final boolean records;
    private final int secondsPerStep;
    private final List<Timeline.Step> steps = new ArrayList<>();
    private long dueNanos = SECOND;
    private double joules;
    private double megahertzNanos;
    private double peakWatts;
    private int secondsInStep;
    private double stepClock;
    private double stepBatch;
    private double stepWatts;
    private double stepPace;

    SecondsMeter(List<ServingEngine> engines, long endNanos, boolean records) {
        this.engines = engines;
        this.records = records;
        secondsPerStep = (int) Math.max(1, Math.ceilDiv(endNanos / SECOND, MOST_STEPS));
    }

    long dueNanos() {
        return dueNanos;
    }

    /** A second is over; the engines stand exactly there. */
    void tick() {
        dueNanos += SECOND;
        double nowJoules = 0;
        double nowMegahertzNanos = 0;
        for (ServingEngine engine : engines) {
            nowJoules += engine.gears().energy().joules();
            nowMegahertzNanos += engine.gears().megahertzNanos();
        }
        double watts = nowJoules - joules;
        double clock = (nowMegahertzNanos - megahertzNanos) / SECOND / engines.size();
        joules = nowJoules;
        megahertzNanos = nowMegahertzNanos;
        peakWatts = Math.max(peakWatts, watts);
        if (records) {
            record(watts, clock);
        }
    }

    private void record(double watts, double clock) {
        stepWatts += watts;
        stepClock += clock;
        for (ServingEngine engine : engines) {
            stepBatch += engine.gears().running();
            stepPace += engine.gears().paceNanos() / 1e6 / engines.size();
        }
        secondsInStep++;
        if (secondsInStep == secondsPerStep) {
            steps.add(
                    new Timeline.Step(
                            stepClock / secondsInStep,
                            stepBatch / secondsInStep,
                            stepWatts / secondsInStep,
                            stepPace / secondsInStep));
            secondsInStep = 0;
            stepClock = 0;
            stepBatch = 0;
            stepWatts = 0;
            stepPace = 0;
        }
    }

    double peakWatts() {
        return peakWatts;
    }

    Optional<Timeline> timeline() {
        return records ? Optional.of(new Timeline(secondsPerStep, steps)) : Optional.empty();
    }
}
