package dev.lowgear.core.feasibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.FlatWatts;
import dev.lowgear.core.projection.Scoreboard;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.request.SurvivalCurve;
import dev.lowgear.core.slo.Promise;
import dev.lowgear.core.slo.SloTargets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class BestCaseTest {
    private static final long MILLI = 1_000_000;
    private static final BestCase BEST = new BestCase(new TwentyAndSixty(), 512, 1);
    private static final BestCase.Load TEN = new BestCase.Load(10, 5_000);

    @Test
    void aPromptBehindOthersIsLostWhenItsFirstTokenComesTooLate() {
        // 1,004 tokens ahead and 502 of its own are three chunks of 60 ms
        assertThat(lost(targets(180, null, null), 100, 1_004)).isFalse();
        assertThat(lost(targets(179, null, null), 100, 1_004)).isTrue();
        assertThat(lost(targets(179, null, null), 100, 502)).isFalse();
    }

    @Test
    void anAnswerIsLostWhenItsMedianLengthDoesNotFit() {
        // three chunks of 60 ms and 99 iterations of 20 ms: 2,160 ms
        assertThat(lost(targets(null, null, 2_160), 100, 1_004)).isFalse();
        assertThat(lost(targets(null, null, 2_159), 100, 1_004)).isTrue();
        assertThat(lost(targets(null, null, 2_159), 99, 1_004)).isFalse();
    }

    @Test
    void gapsThatTheHighestClockCannotKeepLoseEveryAnswerThatHasGaps() {
        assertThat(lost(targets(null, 20, null), 100, 0)).isFalse();
        assertThat(lost(targets(null, 19, null), 100, 0)).isTrue();
        assertThat(lost(targets(null, 19, null), 1, 0)).isFalse();
    }

    @Test
    void oneThatDecodesIsJudgedByWhatIsLeft() {
        ScoreboardEntry entry = entry(targets(null, 30, 2_000), 100);
        Scoreboard scoreboard = new Scoreboard();
        scoreboard.admit(entry);
        scoreboard.prefilled("1", 502);
        scoreboard.token("1", 100 * MILLI);
        // 99 tokens at 20 ms; the last is due 2 s after arrival, and 99 · 30 ms after the first
        assertThat(BEST.isLost(entry, TEN, 0, 20 * MILLI)).isFalse();
        assertThat(BEST.isLost(entry, TEN, 0, 21 * MILLI)).isTrue();
    }

    @Test
    void oneThatFellBehindItsMeanGapIsLostOnceItCannotCatchUp() {
        ScoreboardEntry entry = entry(targets(null, 30, null), 100);
        Scoreboard scoreboard = new Scoreboard();
        scoreboard.admit(entry);
        scoreboard.prefilled("1", 502);
        scoreboard.token("1", 0);
        // 99 · 30 ms are allowed, 99 · 20 ms needed: it may stand still for 990 ms
        assertThat(BEST.isLost(entry, TEN, 0, 990 * MILLI)).isFalse();
        assertThat(BEST.isLost(entry, TEN, 0, 991 * MILLI)).isTrue();
    }

    private static boolean lost(SloTargets targets, int length, long ahead) {
        return BEST.isLost(entry(targets, length), TEN, ahead, 0);
    }

    private static ScoreboardEntry entry(SloTargets targets, int length) {
        return new ScoreboardEntry(
                "1",
                RequestShape.of("m", 502, 1_000),
                new Promise("standard", targets, false, false),
                SurvivalCurve.point(length, 1_000),
                0,
                0);
    }

    private static SloTargets targets(
            @Nullable Integer ttft, @Nullable Integer tbt, @Nullable Integer e2e) {
        return new SloTargets(millis(ttft), millis(tbt), null, millis(e2e));
    }

    private static @Nullable Duration millis(@Nullable Integer millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    /** 20 ms for a decode step at the highest clock, 60 ms with prefill, twice that below. */
    private static final class TwentyAndSixty implements FlatWatts {
        @Override
        public ClockLadder clocks() {
            return ClockLadder.stepped(705, 1_410, 705);
        }

        @Override
        public double iterationMicros(int clock, double batch, double kv, double prefill) {
            return (prefill > 0 ? 60_000 : 20_000) * (2 - clock);
        }
    }
}
