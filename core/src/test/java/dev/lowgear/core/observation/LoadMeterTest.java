package dev.lowgear.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.projection.Scoreboard;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.request.SurvivalCurve;
import dev.lowgear.core.slo.Promise;
import dev.lowgear.core.slo.SloPolicy;

import org.junit.jupiter.api.Test;

class LoadMeterTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void tellsWaitingPrefillingAndRunningRequestsApart() {
        var scoreboard = new Scoreboard();
        for (String id : new String[] {"running", "prefilling", "waiting"}) {
            scoreboard.admit(entry(id));
        }
        scoreboard.prefilled("running", 100);
        scoreboard.token("running", 1);
        scoreboard.prefilled("prefilling", 30);

        EngineLoad load = new LoadMeter(0).load(scoreboard.entries(), 5_000, 1.2, SECOND);
        assertThat(load).isEqualTo(new EngineLoad(1, 1, 1, 131, 5_000, 170, 0, 1.2, 0, 0));
    }

    @Test
    void averagesBusyTimeTokensAndArrivals() {
        var meter = new LoadMeter(0);
        for (int second = 1; second <= 600; second++) {
            meter.arrived(second * SECOND);
            meter.completed(SECOND / 4, 20, second * SECOND);
        }
        EngineLoad load = meter.load(new Scoreboard().entries(), 1, 1, 600 * SECOND);
        assertThat(load.busyFraction()).isCloseTo(0.25, within(0.01));
        assertThat(load.decodeTokensPerSecond()).isCloseTo(20, within(0.3));
        assertThat(load.arrivalsPerSecond()).isCloseTo(1, within(0.02));
    }

    @Test
    void isNeverBusierThanAllTheTime() {
        var meter = new LoadMeter(0);
        meter.completed(10 * SECOND, 1, SECOND);
        assertThat(meter.load(new Scoreboard().entries(), 1, 1, SECOND).busyFraction())
                .isEqualTo(1);
    }

    private static ScoreboardEntry entry(String id) {
        return new ScoreboardEntry(
                id,
                RequestShape.of("llama-2-13b", 100, 50),
                Promise.of(SloPolicy.STANDARD),
                SurvivalCurve.point(10, 50),
                0,
                0);
    }
}
