package dev.lowgear.core.gear;

import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.slo.Margins;

/**
 * What a planning policy may look at: an immutable view of one engine at one instant, on which
 * something runs or waits.
 *
 * @param projection future iterations and their deadlines
 * @param model predicts time and watts
 * @param clocks the clocks it may choose, on the model's ladder
 * @param margins factors on predicted times, the largest of the policies in force
 * @param trim measured over predicted iteration time
 * @param lostRequests requests that cannot meet their deadline even at the maximum clock
 */
public record Situation(
        Projection projection,
        PerformanceModel model,
        ClockRange clocks,
        Margins margins,
        double trim,
        int lostRequests) {
    public Situation {
        if (!clocks.ladder().equals(model.clocks())) {
            throw new IllegalArgumentException(
                    "the range is on " + clocks.ladder() + ", the model on " + model.clocks());
        }
    }
}
