package dev.lowgear.launcher.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a soak saw.
 *
 * @param judgedFrom the second from which on growth counts: before it, caches fill
 * @param processes what was sampled of each
 * @param lag records behind, by consumer
 * @param rows rows written, by service
 * @param requests how they ended
 * @param policyChanges how often policies were changed
 * @param errorLines of the logs
 * @param restarts of parts
 */
record SoakResult(
        double judgedFrom,
        List<ProcessSamples> processes,
        Map<String, Series> lag,
        Map<String, Series> rows,
        SoakTally.Counts requests,
        long policyChanges,
        List<String> errorLines,
        int restarts) {
    /** A lag that grows by less over the judged part is a reading in the middle of a batch. */
    private static final double LAG_TOLERATED = 500;

    /** A second's worth and more of what a busy system writes, read between two polls. */
    private static final double LAG_LEFT = 1_000;

    SoakResult {
        processes = List.copyOf(processes);
        errorLines = List.copyOf(errorLines);
    }

    /** Everything that must not be, in words; empty when the soak has passed. */
    List<String> complaints() {
        var complaints = new ArrayList<String>();
        for (var process : processes) {
            process.series()
                    .forEach((quantity, series) -> {
                        if (grows(quantity, series)) {
                            complaints.add(
                                    String.format(
                                            Locale.ROOT,
                                            "%s of %s grows: %+.1f %s in the judged part, at %.1f",
                                            quantity.label(),
                                            process.name(),
                                            series.from(judgedFrom).growth(),
                                            quantity.unit(),
                                            series.last()));
                        }
                    });
        }
        lag.forEach((consumer, series) -> {
            if (series.from(judgedFrom).grows(LAG_TOLERATED)) {
                complaints.add("lag of " + consumer + " grows");
            }
            if (series.last() > LAG_LEFT) {
                complaints.add(
                        "%s was still %.0f records behind after the traffic"
                                .formatted(consumer, series.last()));
            }
        });
        requests.wrong()
                .forEach((what, times) ->
                        complaints.add("%d requests ended wrongly: %s".formatted(times, what)));
        if (requests.ended() != requests.sent()) {
            complaints.add("%d requests never ended".formatted(requests.sent() - requests.ended()));
        }
        if (!errorLines.isEmpty()) {
            complaints.add(
                    "%d lines of logs are errors, the first: %s"
                            .formatted(errorLines.size(), errorLines.getFirst()));
        }
        if (restarts > 0) {
            complaints.add("parts were restarted " + restarts + " times");
        }
        return complaints;
    }

    boolean grows(Quantity quantity, Series series) {
        var judged = series.from(judgedFrom);
        return judged.grows(quantity.tolerated(judged.median()));
    }
}
