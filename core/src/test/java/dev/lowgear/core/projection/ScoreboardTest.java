package dev.lowgear.core.projection;

import static dev.lowgear.core.projection.Boards.millis;
import static dev.lowgear.core.projection.Boards.promise;
import static dev.lowgear.core.projection.Boards.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.request.SurvivalCurve;
import dev.lowgear.core.slo.Latencies;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

class ScoreboardTest {
    private final Scoreboard board = new Scoreboard();

    private ScoreboardEntry admitted(String id, int prompt) {
        ScoreboardEntry entry =
                waiting(id, prompt, SurvivalCurve.point(50, 100), promise(100, 20, 30, 1_000));
        board.admit(entry);
        return entry;
    }

    @Test
    void followsARequestFromPromptToLastToken() {
        ScoreboardEntry entry = admitted("a", 600);
        assertThat(entry.isWaiting()).isTrue();
        board.prefilled("a", 512);
        assertThat(entry.isWaiting()).isFalse();
        assertThat(entry.isDecoding()).isFalse();
        assertThat(board.kvTokens()).isEqualTo(512);
        assertThat(board.queuedPrefillTokens()).isEqualTo(88);
        board.prefilled("a", 88);
        board.token("a", millis(120));
        assertThat(entry.isDecoding()).isTrue();
        board.token("a", millis(140));
        board.token("a", millis(180));
        assertThat(board.kvTokens()).isEqualTo(603);
        assertThat(board.remove("a").latencies())
                .isEqualTo(
                        new Latencies(
                                millis(120),
                                millis(180),
                                new Latencies.Gaps(millis(30), millis(40))));
        assertThat(board.isEmpty()).isTrue();
    }

    @Test
    void everyMissedTargetIsNamed() {
        ScoreboardEntry entry = admitted("a", 10);
        board.token("a", millis(120));
        board.token("a", millis(140));
        board.token("a", millis(180));
        assertThat(entry.latencies().missed(entry.promise().targets()))
                .containsExactlyInAnyOrder(Target.TTFT, Target.TBT_MEAN, Target.TBT_TAIL);
    }

    @Test
    void tailIsTheNearestRankOfTheRequestsOwnGaps() {
        ScoreboardEntry entry = admitted("a", 10);
        long now = 0;
        board.token("a", now);
        for (int gap = 1; gap <= 200; gap++) {
            now += millis(gap);
            board.token("a", now);
        }
        assertThat(entry.latencies().gaps()).isNotNull();
        assertThat(entry.latencies().gaps().tail()).isEqualTo(millis(198));
    }

    @Test
    void singleTokenHasNoGapsToMiss() {
        ScoreboardEntry entry = admitted("a", 10);
        board.token("a", millis(50));
        assertThat(entry.latencies().gaps()).isNull();
        assertThat(entry.latencies().missed(entry.promise().targets())).isEmpty();
    }

    @Test
    void preemptedRequestPrefillsItsOwnTokensAgain() {
        ScoreboardEntry entry = admitted("a", 10);
        board.prefilled("a", 10);
        board.token("a", 1);
        board.token("a", 2);
        board.preempted("a");
        assertThat(entry.prefillTokens()).isEqualTo(12);
        assertThat(entry.kvTokens()).isZero();
        assertThat(entry.isDecoding()).isFalse();
        assertThat(entry.hasFirstToken()).isTrue();
    }

    @Test
    void lossAfterTheStartIsNotLossOnArrival() {
        ScoreboardEntry before = admitted("a", 10);
        board.markLost("a");
        ScoreboardEntry after = admitted("b", 10);
        board.token("b", 1);
        board.markLost("b");
        assertThat(before.wasLostOnArrival()).isTrue();
        assertThat(after.isLost()).isTrue();
        assertThat(after.wasLostOnArrival()).isFalse();
    }

    @Test
    void refusesWhatWouldLetOwnerAndEngineDriftApart() {
        admitted("a", 10);
        assertThatThrownBy(() -> admitted("a", 10)).hasMessageContaining("already");
        assertThatThrownBy(() -> board.token("b", 1)).hasMessageContaining("not on the");
        assertThatThrownBy(() -> board.prefilled("a", 11)).hasMessageContaining("10 tokens");
    }
}
