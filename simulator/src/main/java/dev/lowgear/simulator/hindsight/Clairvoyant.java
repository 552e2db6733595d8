package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.Target;
import dev.lowgear.simulator.trace.TraceRequest;

import java.util.List;

/**
 * The best schedule found with the future known: true arrivals and lengths, the same levers as the
 * planner's (a price of time a window sets the clock, a factor ¼ … 8 on the pace it suggests, or 0,
 * the rest between iterations), no noise, no delay. See {@link ScheduleSearch} for how it is found:
 * a result of a search, not a bound; {@link RelaxedBound} is one.
 *
 * <p>Windows are 1 s, or half a second where answers are short (fewer than 100 tokens on average):
 * there bursts come and go within seconds.
 *
 * @param levers what may be moved
 * @param searchSeconds how long to search, in seconds of about one core: see {@link
 *     ScheduleSearch#ITERATIONS_PER_SECOND}
 */
public record Clairvoyant(Levers levers, int searchSeconds) {
    /** How long one searches if nobody says otherwise. */
    public static final int USUAL_SECONDS = 60;

    private static final double WINDOW_SECONDS = 1;
    private static final double SHORT_WINDOW_SECONDS = .5;
    private static final double SHORT_ANSWER_TOKENS = 100;
    private static final double TBT_SHARE = .9;

    public Clairvoyant {
        if (searchSeconds < 1 || searchSeconds > 86_400) {
            throw new IllegalArgumentException(
                    "a search takes 1 to 86400 seconds, got " + searchSeconds);
        }
    }

    /**
     * Searches the schedule of least energy whose attainment is what the policy must reach.
     *
     * @param requests in order of arrival, at least one
     * @param horizonSeconds how long the engine is watched; energy is counted to its end
     * @throws IllegalArgumentException if a TBT tail is promised: the search does not follow it
     */
    public SearchResult search(
            EnginePhysics physics,
            SloPolicy slo,
            List<TraceRequest> requests,
            double horizonSeconds) {
        long iterations = searchSeconds * ScheduleSearch.ITERATIONS_PER_SECOND;
        return search(physics, slo, requests, horizonSeconds, iterations);
    }

    /** The same, the search measured in iterations. */
    SearchResult search(
            EnginePhysics physics,
            SloPolicy slo,
            List<TraceRequest> requests,
            double horizonSeconds,
            long iterations) {
        var work = new KnownTraffic(requests, slo.targets(), horizonSeconds);
        int allowed = (int) Math.floor((1 - slo.attainment()) * work.requests + 1e-9);
        var search =
                new ScheduleSearch(
                        work, physics, allowed, longestPaceSeconds(slo), windowSeconds(work));
        ScheduleSearch.Found found = search.search(iterations);
        var served = new ServedSchedule(work, physics, found, longestPaceSeconds(slo));
        Reference name =
                levers == Levers.CLOCK ? Reference.CLAIRVOYANT_CLOCK_ONLY : Reference.CLAIRVOYANT;
        return new SearchResult(served.result(name.option()), search.served(), search.spent());
    }

    private double longestPaceSeconds(SloPolicy slo) {
        if (levers == Levers.CLOCK) {
            return 0;
        }
        long mean = slo.targets().nanos(Target.TBT_MEAN);
        double allowed = slo.maximumPace().toNanos() / 1e9;
        return mean == Long.MAX_VALUE ? allowed : Math.min(allowed, TBT_SHARE * mean / 1e9);
    }

    private static double windowSeconds(KnownTraffic work) {
        double tokens = 0;
        for (int output : work.outputTokens) {
            tokens += output;
        }
        return tokens / work.requests < SHORT_ANSWER_TOKENS ? SHORT_WINDOW_SECONDS : WINDOW_SECONDS;
    }
}
