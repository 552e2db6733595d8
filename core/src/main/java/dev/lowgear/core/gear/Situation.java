package dev.lowgear.core.gear;

import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.slo.JointPolicy;
import dev.lowgear.core.slo.Margins;

import java.util.List;

/**
 * What a planning policy may look at: an immutable view of one engine at one instant, on which
 * something runs or waits.
 *
 * @param engine what the engine is
 * @param load what it does now
 * @param projection future iterations and their deadlines
 * @param pressures the policies whose requests run or wait, by name
 * @param finished outcomes since the situation before
 * @param pacing what its pace may be
 * @param held the gear in force
 * @param model predicts time and watts
 * @param clocks the clocks it may choose, on the model's ladder
 * @param joint what those policies allow together
 * @param nowNanos the planner's monotonic clock
 */
public record Situation(
        HostedEngine engine,
        EngineLoad load,
        Projection projection,
        List<Pressure> pressures,
        List<FinishedRequest> finished,
        Pacing pacing,
        Gear held,
        PerformanceModel model,
        ClockRange clocks,
        JointPolicy joint,
        long nowNanos) {
    public Situation {
        pressures = List.copyOf(pressures);
        finished = List.copyOf(finished);
        if (!clocks.ladder().equals(model.clocks())) {
            throw new IllegalArgumentException(
                    "the range is on " + clocks.ladder() + ", the model on " + model.clocks());
        }
    }

    /** Measured over predicted iteration time. */
    public double trim() {
        return load.trim();
    }

    /** Factors on predicted times, the largest of the policies in force. */
    public Margins margins() {
        return joint.margins();
    }

    /** Requests that cannot meet their deadline even at the maximum clock. */
    public int lostRequests() {
        int lost = 0;
        for (Pressure pressure : pressures) {
            lost += pressure.load().lost();
        }
        return lost;
    }
}
