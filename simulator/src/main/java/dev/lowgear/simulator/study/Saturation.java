package dev.lowgear.simulator.study;

import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.trace.TraceRequest;

import java.util.ArrayList;
import java.util.List;

/**
 * The most a workload can ask of an engine: r*, the highest rate at which the maximum clock meets
 * all targets of at least 99.2 % of the requests. Loads are fractions of it.
 *
 * <p>Attainment is taken over three stretches of the trace together, one round or 2,000 requests
 * each. The rate is bracketed by factors of 1.5 and then bisected to one per cent; as a lower rate
 * keeps a subset of the same requests, attainment falls with the rate but for little noise. The
 * same workload, engine and targets give the same r* on every machine.
 *
 * @param targets what every request is promised
 * @param rate r* as a multiple of the trace's rate
 * @param requestsPerSecond r* in mean arrivals per second
 */
public record Saturation(SloTargets targets, double rate, double requestsPerSecond) {
    /** Attainment that the maximum clock must reach. */
    public static final double ATTAINMENT = 0.992;

    private static final double[] OFFSETS = {0, 1 / 3.0, 2 / 3.0};
    private static final int FEWEST_REQUESTS = 1_000;
    private static final int MOST_REQUESTS = 2_000;
    private static final double STEP = 1.5;
    private static final double FAR_OFF = 0.5;
    private static final double FAR_STEP = STEP * STEP * STEP * STEP;
    private static final double RESOLUTION = 1.01;
    private static final double LOWEST_RATE = 1e-3;
    private static final double HIGHEST_RATE = 500;

    /** What the search depends on beside its arguments. */
    static String method() {
        return "%s %d-%d requests at %d offsets, ×%s to ×%s"
                .formatted(
                        ATTAINMENT,
                        FEWEST_REQUESTS,
                        MOST_REQUESTS,
                        OFFSETS.length,
                        STEP,
                        RESOLUTION);
    }

    /**
     * Finds r*, as a multiple of the trace's rate.
     *
     * @throws IllegalArgumentException if not even a thousandth of the trace's rate can be served
     */
    static double find(Workload workload, Specimen specimen, SloTargets targets) {
        var search = new Search(workload, specimen, targets);
        double high = 4 * E2eTarget.lightLoad(specimen);
        double attained = search.attainment(high);
        double low = high;
        while (attained >= ATTAINMENT && high < HIGHEST_RATE) {
            low = high;
            high *= STEP;
            attained = search.attainment(high);
        }
        while (low == high) {
            low /= attained < FAR_OFF ? FAR_STEP : STEP;
            if (low < LOWEST_RATE) {
                throw new IllegalArgumentException(
                        "even at %s of its rate %s does not reach %s on %s under %s"
                                .formatted(
                                        LOWEST_RATE,
                                        workload.name(),
                                        ATTAINMENT,
                                        specimen.profile(),
                                        targets));
            }
            attained = search.attainment(low);
            if (attained < ATTAINMENT) {
                high = low;
            }
        }
        while (high / low > RESOLUTION) {
            double middle = Math.sqrt(low * high);
            if (search.attainment(middle) >= ATTAINMENT) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** What the maximum clock attains at a rate, as the search sees it. */
    static double attainment(
            Workload workload, Specimen specimen, SloTargets targets, double rate) {
        return new Search(workload, specimen, targets).attainment(rate);
    }

    private record Search(Workload workload, Specimen specimen, SloTargets targets) {
        /** Over all stretches where it suffices; otherwise over those that show that it cannot. */
        double attainment(double rate) {
            List<List<TraceRequest>> stretches = new ArrayList<>();
            int total = 0;
            for (double offset : OFFSETS) {
                int count =
                        Math.clamp(
                                Math.round(workload.requests().size() * rate),
                                FEWEST_REQUESTS,
                                MOST_REQUESTS);
                var arrivals =
                        workload.arrivals(
                                specimen.profile(),
                                rate,
                                offset,
                                count,
                                specimen.seed() + stretches.size());
                stretches.add(arrivals.requests());
                total += count;
            }
            int missed = 0;
            int served = 0;
            for (List<TraceRequest> stretch : stretches) {
                RunResult result = MaximumClockRun.of(specimen, targets, stretch);
                missed += result.requests() - result.attained();
                served += result.requests();
                if (missed > (1 - ATTAINMENT) * total) {
                    break;
                }
            }
            return 1 - (double) missed / served;
        }
    }
}
