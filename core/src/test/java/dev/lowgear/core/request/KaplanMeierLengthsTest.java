package dev.lowgear.core.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.request.LengthKey.KeyPart;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

class KaplanMeierLengthsTest {
    private static final RequestShape SHORT_PROMPT = RequestShape.of("m", 100, 4_096);
    private static final RequestShape LONG_PROMPT = RequestShape.of("m", 3_000, 4_096);

    private final KaplanMeierLengths lengths = KaplanMeierLengths.standard();

    private void ended(RequestShape shape, int length, int times) {
        for (int i = 0; i < times; i++) {
            lengths.observe(new LengthObservation(shape, length, false));
        }
    }

    private int quantile(RequestShape shape, double quantile) {
        return lengths.curve("r", shape).furtherTokens(quantile, 0);
    }

    @Test
    void knowsNothingButAHeavyTailAtFirst() {
        assertThat(quantile(SHORT_PROMPT, .5)).isBetween(100, 115);
        assertThat(quantile(SHORT_PROMPT, .9)).isBetween(553, 590);
    }

    /**
     * By hand, without shrinkage to speak of: lengths 2, 4 ended, one cut at 3, one ended at 8.
     * S(2) = 3/4; at 4 two were at risk, S(4) = 3/8; S(8) = 0.
     */
    @Test
    void cutOffAnswersCountForAsLongAsTheyWereSeen() {
        var learned = new KaplanMeierLengths(1e9, 1e-9);
        learned.observe(new LengthObservation(SHORT_PROMPT, 2, false));
        learned.observe(new LengthObservation(SHORT_PROMPT, 3, true));
        learned.observe(new LengthObservation(SHORT_PROMPT, 4, false));
        learned.observe(new LengthObservation(SHORT_PROMPT, 8, false));
        SurvivalCurve curve = learned.curve("r", SHORT_PROMPT);
        assertThat(curve.beyond(1)).isCloseTo(1, within(1e-6));
        assertThat(curve.beyond(2)).isCloseTo(.75, within(1e-6));
        assertThat(curve.beyond(3)).isCloseTo(.75, within(1e-6));
        assertThat(curve.beyond(4)).isCloseTo(.375, within(1e-6));
        assertThat(curve.beyond(8)).isCloseTo(0, within(1e-6));
    }

    @Test
    void runningAnswersKeepTheFirstShortOnesFromLookingTypical() {
        ended(SHORT_PROMPT, 10, 20);
        double without = lengths.curve("r", SHORT_PROMPT).beyond(10);
        lengths.running(Collections.nCopies(80, new LengthObservation(SHORT_PROMPT, 300, true)));
        double with = lengths.curve("r", SHORT_PROMPT).beyond(10);
        assertThat(without).isLessThan(.4);
        assertThat(with).isGreaterThan(.7);
        lengths.running(List.of());
        assertThat(lengths.curve("r", SHORT_PROMPT).beyond(10)).isEqualTo(without);
    }

    @Test
    void thinBucketBorrowsFromItsModelAndAFullOneDoesNot() {
        ended(SHORT_PROMPT, 50, 2_000);
        assertThat(quantile(LONG_PROMPT, .5)).isEqualTo(quantile(SHORT_PROMPT, .5));
        ended(LONG_PROMPT, 500, 500);
        assertThat(quantile(LONG_PROMPT, .5)).isBetween(500, 531);
        assertThat(quantile(SHORT_PROMPT, .5)).isBetween(50, 53);
    }

    @Test
    void anotherModelIsNotBorrowedFrom() {
        ended(SHORT_PROMPT, 50, 2_000);
        assertThat(quantile(RequestShape.of("other", 100, 4_096), .5)).isBetween(100, 115);
    }

    @Test
    void forgetsWhatWasTypicalLongAgo() {
        ended(SHORT_PROMPT, 50, 4_000);
        ended(SHORT_PROMPT, 200, 4_000);
        assertThat(quantile(SHORT_PROMPT, .5)).isBetween(200, 213);
    }

    @Test
    void requestsOwnWordsWin() {
        ended(SHORT_PROMPT, 50, 1_000);
        var ignores = new RequestShape("m", null, 100, new OutputLimits(700, 0, true, null));
        assertThat(quantile(ignores, .1)).isEqualTo(700);
        var hinted = new RequestShape("m", null, 100, new OutputLimits(700, 0, false, 90));
        assertThat(quantile(hinted, .5)).isEqualTo(90);
        var atLeast = new RequestShape("m", null, 100, new OutputLimits(700, 300, false, null));
        assertThat(quantile(atLeast, .01)).isGreaterThanOrEqualTo(300);
        assertThat(quantile(RequestShape.of("m", 100, 40), .99)).isEqualTo(40);
    }

    @Test
    void keysMayDistinguishTenants() {
        var byTenant =
                new KaplanMeierLengths(
                        1_000,
                        20,
                        List.of(
                                KeyPart.set(KeyPart.MODEL),
                                KeyPart.set(
                                        KeyPart.MODEL, KeyPart.TENANT, KeyPart.MAXIMUM_BUCKET)));
        var mine = new RequestShape("m", "mine", 100, OutputLimits.atMost(4_096));
        var yours = new RequestShape("m", "yours", 100, OutputLimits.atMost(4_096));
        for (int i = 0; i < 500; i++) {
            byTenant.observe(new LengthObservation(mine, 20, false));
            byTenant.observe(new LengthObservation(yours, 400, false));
        }
        assertThat(byTenant.curve("r", mine).furtherTokens(.5, 0)).isEqualTo(20);
        assertThat(byTenant.curve("r", yours).furtherTokens(.5, 0)).isBetween(400, 424);
    }

    @Test
    void countsStayFiniteOverMillionsOfObservations() {
        var fast = new KaplanMeierLengths(10, 20);
        for (int i = 0; i < 20_000; i++) {
            fast.observe(new LengthObservation(SHORT_PROMPT, 30, false));
        }
        assertThat(fast.curve("r", SHORT_PROMPT).beyond(29)).isBetween(.1, 1.0);
        assertThat(fast.curve("r", SHORT_PROMPT).beyond(30)).isLessThan(.9);
    }

    @Test
    void noisyPredictionsErrByTheirBoundInOneOfTwentyCases() {
        var noisy = new NoisyLengths(id -> 1_000, .3, new SplittableRandom(7));
        int beyond = 0;
        for (int i = 0; i < 10_000; i++) {
            int predicted = noisy.curve("r", SHORT_PROMPT).furtherTokens(.5, 0);
            beyond += Math.abs(predicted - 1_000) > 300 ? 1 : 0;
        }
        assertThat(beyond).isBetween(400, 600);
    }

    @Test
    void inflatedPointFallsBackToMaximumTokensOnOverrun() {
        var oracle = new OracleLengths(id -> 100);
        SurvivalCurve inflated = InflatedPoint.by(.3, oracle).curve("r", SHORT_PROMPT);
        assertThat(inflated.furtherTokens(.5, 0)).isEqualTo(130);
        assertThat(inflated.furtherTokens(.5, 130)).isEqualTo(4_096 - 130);
        ended(SHORT_PROMPT, 50, 1_000);
        assertThat(
                        InflatedPoint.quantile(.9, lengths)
                                .curve("r", SHORT_PROMPT)
                                .furtherTokens(.1, 0))
                .isEqualTo(quantile(SHORT_PROMPT, .9));
    }
}
