package dev.lowgear.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.launcher.chat.Outcome;
import dev.lowgear.launcher.chat.Percentile;
import dev.lowgear.launcher.chat.StreamTimes;

import org.junit.jupiter.api.Test;

class ClientTallyTest {
    private static final long MS = 1_000_000;

    private final ClientTally tally = new ClientTally(new Targets(null, 200.0, null, 1000.0, .99));

    @Test
    void measuresFromTheClientsClock() {
        var times = new StreamTimes(5 * MS, new long[] {105 * MS, 155 * MS, 305 * MS}, 306 * MS);
        assertThat(times.ttftMs()).isEqualTo(100);
        assertThat(times.gapsMs()).containsExactly(50, 150);
        assertThat(times.meanGapMs()).isEqualTo(100);
        assertThat(times.tailGapMs()).isEqualTo(150);
        assertThat(times.e2eMs()).isEqualTo(301);
    }

    @Test
    void aSingleTokenHasNoGaps() {
        var times = new StreamTimes(0, new long[] {MS}, 2 * MS);
        assertThat(times.meanGapMs()).isZero();
        assertThat(times.tailGapMs()).isZero();
    }

    @Test
    void countsRefusedAndUnfinishedRequestsAsMissed() {
        for (int i = 0; i < 5; i++) {
            tally.sent();
        }
        tally.ended(completed(100, 900));
        tally.ended(completed(100, 1001)); // too late in all
        tally.ended(completed(250, 900)); // gaps too long
        tally.ended(new Outcome.Failed("HTTP 503"));
        var seen = tally.seen();
        assertThat(seen.attained()).isEqualTo(1);
        assertThat(seen.attainment()).isEqualTo(1 / 5.0, within(1e-9));
        assertThat(seen.failures()).containsEntry("HTTP 503", 1);
        assertThat(seen.tokens()).isEqualTo(6);
        assertThat(tally.progress().attainment()).isEqualTo(1 / 4.0, within(1e-9));
    }

    @Test
    void takesTheNearestRankOfAPercentile() {
        assertThat(Percentile.of(new double[] {4, 1, 3, 2}, 0.5)).isEqualTo(2);
        assertThat(Percentile.of(new double[] {4, 1, 3, 2}, 0.99)).isEqualTo(4);
        assertThat(Percentile.of(new double[0], 0.99)).isZero();
    }

    private static Outcome completed(long gapMs, long endMs) {
        return new Outcome.Completed(
                new StreamTimes(0, new long[] {100 * MS, (100 + gapMs) * MS}, endMs * MS), 2);
    }
}
