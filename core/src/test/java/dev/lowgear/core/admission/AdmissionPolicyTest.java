package dev.lowgear.core.admission;

import static dev.lowgear.core.projection.Boards.decoding;
import static dev.lowgear.core.projection.Boards.millis;
import static dev.lowgear.core.projection.Boards.promise;
import static dev.lowgear.core.projection.Boards.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.FlatWatts;
import dev.lowgear.core.projection.ProjectionForm;
import dev.lowgear.core.projection.Projector;
import dev.lowgear.core.projection.ScoreboardEntry;
import dev.lowgear.core.request.SurvivalCurve;
import dev.lowgear.core.slo.Promise;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class AdmissionPolicyTest {
    private static final Promise NOTHING = promise(null, null, null, null);
    private static final Promise IN_10_S = promise(null, null, null, 10_000);

    private final EngineLimits limits = new EngineLimits(16, 64, 4, 512, 1_000);
    private final Projector projector = new Projector(16, 512, new ProjectionForm.AtQuantile(.9));
    private final CapacityAdmission capacity = new CapacityAdmission(limits, projector, 0, 10_000);
    private final AdmissionPolicy deadlines =
            new DeadlineAdmission(
                    new CapacityAdmission(
                            new EngineLimits(16, 640, 4, 512, 1_000), projector, 0, 10_000),
                    new TenPerRequest(),
                    1,
                    .5);

    /** 10 ms for each request that decodes. */
    private record TenPerRequest() implements FlatWatts {
        private static final ClockLadder CLOCKS = ClockLadder.of(705, 1410);

        @Override
        public ClockLadder clocks() {
            return CLOCKS;
        }

        @Override
        public double iterationMicros(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return Math.max(10_000 * batch, 100) * (clockIndex == 0 ? 2 : 1);
        }
    }

    private static SurvivalCurve point(int length) {
        return SurvivalCurve.point(length, length);
    }

    private static List<ScoreboardEntry> running(
            int count, int prompt, int length, Promise promise) {
        List<ScoreboardEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(decoding("r" + i, prompt, 1, 0, point(length), promise));
        }
        return entries;
    }

    @Test
    void anythingMayStartOnAnEmptyEngine() {
        ScoreboardEntry whole = waiting("c", 900, point(100), NOTHING);
        assertThat(capacity.decide(List.of(), whole, 0)).isEqualTo(new Admission.Admit());
        assertThat(deadlines.decide(List.of(), whole, 0)).isEqualTo(new Admission.Admit());
    }

    @Test
    void fullBatchMakesItWaitForTheNextCompletion() {
        ScoreboardEntry candidate = waiting("c", 10, point(10), NOTHING);
        assertThat(capacity.decide(running(4, 10, 21, NOTHING), candidate, 0))
                .isEqualTo(new Admission.Queue("batch of 4 is full", Duration.ofMillis(200)));
    }

    /** 1,024 tokens of cache; two requests of 400 grow to 500 each before they end. */
    @Test
    void cacheThatWouldOverflowOnlyLaterMakesItWaitNow() {
        List<ScoreboardEntry> two = running(2, 400, 101, NOTHING);
        ScoreboardEntry candidate = waiting("c", 100, point(101), NOTHING);
        assertThat(capacity.decide(two, candidate, 0))
                .isInstanceOfSatisfying(
                        Admission.Queue.class,
                        queue -> assertThat(queue.reason()).startsWith("KV cache would need"));
        assertThat(capacity.decide(running(2, 200, 101, NOTHING), candidate, 0).starts()).isTrue();
    }

    /**
     * Two of 400 tokens at 20 ms take 8 s; with a third at 30 ms they would take 12 of their 10.
     */
    @Test
    void admissionThatWouldMakeOthersLateMakesItWait() {
        ScoreboardEntry candidate = waiting("c", 10, point(390), NOTHING);
        assertThat(deadlines.decide(running(2, 10, 401, IN_10_S), candidate, 0))
                .isInstanceOfSatisfying(
                        Admission.Queue.class,
                        queue ->
                                assertThat(queue.reason())
                                        .isEqualTo("would cost 2.00 misses of running requests"));
        assertThat(deadlines.decide(running(2, 10, 301, IN_10_S), candidate, 0).starts()).isTrue();
    }

    @Test
    void othersThatAreLateAlreadyDoNotCloseTheEngine() {
        ScoreboardEntry candidate = waiting("c", 10, point(50), IN_10_S);
        assertThat(deadlines.decide(running(2, 10, 900, IN_10_S), candidate, 0))
                .isEqualTo(new Admission.Admit());
    }

    @Test
    void requestThatCannotMakeItAloneIsLostOrTurnedAway() {
        long now = millis(9_500);
        ScoreboardEntry hopeless = waiting("c", 10, point(100), IN_10_S);
        assertThat(deadlines.decide(List.of(), hopeless, now)).isInstanceOf(Admission.Lost.class);
        Promise sheddable = new Promise("batch", IN_10_S.targets(), false, true);
        ScoreboardEntry shed = waiting("d", 10, point(100), sheddable);
        assertThat(deadlines.decide(List.of(), shed, now)).isInstanceOf(Admission.Reject.class);
    }

    @Test
    void lostRequestStillMustNotHarmOthers() {
        List<ScoreboardEntry> two = running(2, 10, 481, IN_10_S);
        ScoreboardEntry lost = waiting("c", 10, point(500), promise(null, null, null, 100));
        assertThat(deadlines.decide(two, lost, millis(200))).isInstanceOf(Admission.Queue.class);
    }

    @Test
    void interTokenTargetOfARunningRequestHoldsAtTheMaximumClock() {
        Promise tail = promise(null, null, 25, null);
        ScoreboardEntry candidate = waiting("c", 10, point(50), NOTHING);
        assertThat(deadlines.decide(running(2, 10, 100, tail), candidate, 0))
                .isInstanceOfSatisfying(
                        Admission.Queue.class,
                        queue -> assertThat(queue.reason()).contains("inter-token"));
        assertThat(deadlines.decide(running(1, 10, 100, tail), candidate, 0).starts()).isTrue();
    }

    @Test
    void requestThatWouldBeLateBesideWhatRunsWaits() {
        ScoreboardEntry candidate = waiting("c", 10, point(401), IN_10_S);
        assertThat(deadlines.decide(running(3, 10, 900, NOTHING), candidate, 0))
                .isInstanceOfSatisfying(
                        Admission.Queue.class,
                        queue -> assertThat(queue.reason()).contains("its own deadline"));
    }

    /** With certain lengths, whoever is let in keeps every later iteration within the cache. */
    @Seeds
    void admittedRequestsNeverOverflowTheCache(SplittableRandom random) {
        List<ScoreboardEntry> present = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ScoreboardEntry candidate =
                    waiting(
                            "r" + i,
                            1 + random.nextInt(400),
                            point(1 + random.nextInt(300)),
                            NOTHING);
            if (capacity.decide(present, candidate, 0) instanceof Admission.Admit
                    && !present.isEmpty()) {
                assertThat(mostTokens(present, candidate)).isLessThanOrEqualTo(1_024);
            }
            if (capacity.decide(present, candidate, 0).starts()) {
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    candidate = token(candidate);
                }
                present.add(candidate);
                present.removeIf(e -> e.generated() >= e.curve().ceiling());
            }
        }
    }

    private static ScoreboardEntry token(ScoreboardEntry entry) {
        return decoding(
                entry.requestId(),
                entry.promptTokens(),
                entry.generated() + 1,
                0,
                entry.curve(),
                NOTHING);
    }

    /**
     * The cache iteration by iteration, all prompts prefilled in the first chunk that takes them.
     */
    private static long mostTokens(List<ScoreboardEntry> present, ScoreboardEntry candidate) {
        long most = 0;
        for (int j = 0; j < 700; j++) {
            long tokens = 0;
            for (ScoreboardEntry entry : present) {
                if (j < entry.curve().ceiling() - entry.generated()) {
                    tokens += blocks(entry.promptTokens() + entry.generated() + j + 1);
                }
            }
            int start = 1 + (candidate.promptTokens() - 1) / (512 - present.size());
            if (j < start) {
                tokens +=
                        blocks(
                                Math.min(
                                        candidate.promptTokens(),
                                        (j + 1) * (512 - present.size())));
            } else if (j - start + 1 < candidate.curve().ceiling()) {
                tokens += blocks(candidate.promptTokens() + 1 + j - start + 1);
            }
            most = Math.max(most, tokens);
        }
        return most;
    }

    private static long blocks(long tokens) {
        return (tokens + 15) / 16 * 16;
    }
}
