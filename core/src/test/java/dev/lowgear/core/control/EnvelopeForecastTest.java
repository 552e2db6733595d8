package dev.lowgear.core.control;

import static dev.lowgear.core.control.ControlPlaneScenario.A100;
import static dev.lowgear.core.control.ControlPlaneScenario.due;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.Tables;
import dev.lowgear.core.projection.Projection;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.SplittableRandom;

class EnvelopeForecastTest {
    private static final PerformanceModel MODEL = new Tables.Multilinear(A100);

    private static EngineLoad load(int running, long kvTokens, long queued, double arrivals) {
        return new EngineLoad(running, 0, 0, kvTokens, 100_000, queued, 0.5, 1, 200, arrivals);
    }

    private static Reach reach(EngineLoad load, Projection projection, int clockIndex) {
        return new EnvelopeForecast(ControlPlaneScenario.engine(), load, projection, MODEL, 2)
                .at(clockIndex, 0);
    }

    @Test
    void matchesTheWorkedExample() {
        // Eight requests of 500 tokens; 2 arrivals/s for 2 s: 4 + 2·√4 = 8, half of it 2 + 2·√2 =
        // 5.
        EngineLoad load = load(8, 4_000, 100, 2);
        Projection projection = due(8, 4_000, 0, Duration.ofSeconds(60));
        Reach reach = reach(load, projection, A100.highestIndex());

        Envelope told = reach.toTell();
        assertThat(told.maximumBatch()).isEqualTo(16);
        // 200 iterations of 8 tokens are all projected; 8 arrivals of a chunk (512 > 500) each.
        assertThat(told.maximumKvTokens()).isEqualTo(4_000 + 1_600 + 100 + 8 * 512);
        assertThat(told.maximumQueuedPrefillTokens()).isEqualTo(100 + 4 * 512);
        double corner = MODEL.iterationMicros(A100.highestIndex(), 16, 9_796, 512);
        assertThat(told.maximumBusyMicros()).isEqualTo((long) Math.ceil(2 * corner));
        assertThat(reach.toRenew().maximumBatch()).isEqualTo(13);
        assertThat(reach.toRenew().maximumQueuedPrefillTokens()).isEqualTo(100 + 2 * 512);
    }

    @Test
    void neverExceedsWhatTheEngineCanHold() {
        Envelope told =
                reach(load(60, 99_000, 0, 50), due(60, 99_000, 512, Duration.ofSeconds(60)), 0)
                        .toTell();
        assertThat(told.maximumBatch()).isEqualTo(64);
        assertThat(told.maximumKvTokens()).isEqualTo(100_000);
    }

    @Seeds(count = 200)
    void containsThePresentLoadAndWhatMustBeCovered(SplittableRandom random) {
        EngineLoad load =
                new EngineLoad(
                        random.nextInt(80),
                        random.nextInt(10),
                        random.nextInt(100),
                        random.nextLong(120_000),
                        100_000,
                        random.nextLong(50_000),
                        random.nextDouble(),
                        random.nextDouble(0.8, 1.5),
                        random.nextDouble(1_000),
                        random.nextDouble(20));
        Projection projection =
                due(
                        random.nextInt(64),
                        random.nextLong(100_000),
                        random.nextInt(512),
                        Duration.ofSeconds(1));
        Reach reach = reach(load, projection, random.nextInt(A100.size()));
        assertThat(
                        reach.toTell()
                                .contains(
                                        load.requests(),
                                        load.kvTokens(),
                                        load.queuedPrefillTokens()))
                .isTrue();
        assertThat(reach.toTell().covers(reach.toRenew())).isTrue();
    }
}
