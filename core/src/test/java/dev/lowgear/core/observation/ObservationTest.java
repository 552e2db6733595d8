package dev.lowgear.core.observation;

import static dev.lowgear.core.projection.Boards.decoding;
import static dev.lowgear.core.projection.Boards.millis;
import static dev.lowgear.core.projection.Boards.promise;
import static dev.lowgear.core.projection.Boards.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.projection.Scoreboard;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.SurvivalCurve;
import dev.lowgear.core.slo.Promise;

import org.junit.jupiter.api.Test;

import java.util.List;

class ObservationTest {
    private static final SurvivalCurve LONG = SurvivalCurve.point(101, 200);
    private static final Promise IN_20_S = promise(null, null, null, 20_000);

    @Test
    void urgencyOfTheWorkedExample() {
        ScoreboardEntry half = decoding("a", 10, 1, 0, LONG, IN_20_S);
        assertThat(Urgency.of(half, millis(10_000))).isCloseTo(1.625, within(1e-12));
        ScoreboardEntry queued = waiting("b", 10, LONG, IN_20_S);
        assertThat(Urgency.of(queued, millis(2_000))).isCloseTo(3, within(1e-12));
    }

    @Test
    void lateRequestsPressNoHarderThanTheCap() {
        ScoreboardEntry late = decoding("a", 10, 1, 0, LONG, IN_20_S);
        assertThat(Urgency.of(late, millis(500_000))).isCloseTo(1 + 5 * 3.375, within(1e-12));
    }

    @Test
    void tightTbtPressesOnceMostOfItIsUsed() {
        Promise tight = promise(null, 100, null, null);
        ScoreboardEntry entry = decoding("a", 10, 10, 0, LONG, tight);
        assertThat(Urgency.of(entry, millis(600))).isCloseTo(1, within(1e-12));
        assertThat(Urgency.of(entry, millis(800))).isCloseTo(1 + 12.5 * .2, within(1e-9));
        ScoreboardEntry loose = decoding("b", 10, 10, 0, LONG, promise(null, 150, null, null));
        assertThat(Urgency.of(loose, millis(5_000))).isEqualTo(1);
    }

    @Test
    void lostRequestIsWorkAndNoMore() {
        Scoreboard board = new Scoreboard();
        board.admit(decoding("a", 10, 1, 0, LONG, IN_20_S));
        board.admit(decoding("b", 10, 1, 0, LONG, IN_20_S));
        board.admit(waiting("c", 10, LONG, IN_20_S));
        board.markLost("b");
        assertThat(Urgency.byPolicy(board.entries(), 0))
                .containsExactly(new PolicyLoad("standard", 2, 1, 4, 1));
    }

    @Test
    void paceGuardOfTheWorkedExample() {
        ScoreboardEntry entry = decoding("a", 10, 1, 0, LONG, IN_20_S);
        assertThat(PaceGuard.micros(List.of(entry), 20_000, millis(7_000)))
                .isBetween(99_999L, 100_000L);
    }

    @Test
    void requestThatIsLateEvenWithoutRestForbidsNothing() {
        ScoreboardEntry entry = decoding("a", 10, 1, 0, LONG, IN_20_S);
        assertThat(PaceGuard.micros(List.of(entry), 20_000, millis(18_500)))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(PaceGuard.micros(List.of(), 20_000, 0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tightTbtBoundsTheWaitForTheNextToken() {
        ScoreboardEntry entry = decoding("a", 10, 6, 1_000, LONG, promise(null, 100, null, null));
        assertThat(PaceGuard.micros(List.of(entry), 20_000, millis(1_700))).isEqualTo(300_000);
        assertThat(PaceGuard.micros(List.of(entry), 20_000, millis(1_990)))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void steadyRateIsFoundAtOnceAndFadesWithItsTimeConstant() {
        var rate = new ForgettingRate(60, 0);
        for (int tenth = 1; tenth <= 50; tenth++) {
            rate.add(4, millis(100L * tenth));
        }
        assertThat(rate.perSecond(millis(5_000))).isCloseTo(40, within(1.));
        for (int tenth = 51; tenth <= 6_000; tenth++) {
            rate.add(4, millis(100L * tenth));
        }
        double steady = rate.perSecond(millis(600_000));
        assertThat(steady).isCloseTo(40, within(.1));
        assertThat(rate.perSecond(millis(660_000))).isCloseTo(steady / Math.E, within(.1));
    }

    @Test
    void trimFollowsWithinSecondsAndStaysClipped() {
        var trim = new Trim();
        for (int i = 0; i < 1_000; i++) {
            trim.iteration(24_000, 20_000);
        }
        assertThat(trim.factor()).isCloseTo(1.2, within(.01));
        trim.iteration(2_000_000, 20_000);
        assertThat(trim.factor()).isLessThan(1.31);
        for (int i = 0; i < 10_000; i++) {
            trim.iteration(80_000, 20_000);
        }
        assertThat(trim.factor()).isEqualTo(1.5, within(1e-6));
        trim.reset();
        assertThat(trim.factor()).isEqualTo(1);
    }
}
