package dev.lowgear.core.projection;

import static dev.lowgear.core.projection.Boards.decoding;
import static dev.lowgear.core.projection.Boards.millis;
import static dev.lowgear.core.projection.Boards.promise;
import static dev.lowgear.core.projection.Boards.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.request.KaplanMeierLengths;
import dev.lowgear.core.request.LengthObservation;
import dev.lowgear.core.request.RequestShape;
import dev.lowgear.core.request.SurvivalCurve;
import dev.lowgear.core.slo.Promise;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class ProjectorTest {
    private static final Promise NOTHING = promise(null, null, null, null);

    /** 100 tokens with probability .7, 400 with probability .3. */
    private static final SurvivalCurve BIMODAL =
            SurvivalCurve.of(new int[] {100, 400}, new double[] {.3, 0}, 2_048);

    private final Projector expected = new Projector(16, 512, new ProjectionForm.Expected());
    private final Projector certain = new Projector(16, 512, new ProjectionForm.AtQuantile(.9));

    private static SurvivalCurve point(int length) {
        return SurvivalCurve.point(length, length);
    }

    private static int iterations(Projection projection) {
        return projection.segments().stream().mapToInt(Segment::iterations).sum();
    }

    @Test
    void nothingOnTheBoardIsIdle() {
        assertThat(expected.forecast(List.of(), 0).projection()).isEqualTo(Projection.IDLE);
    }

    @Test
    void decodingRequestIsThereUntilItsLastToken() {
        ScoreboardEntry entry = decoding("a", 100, 10, 0, point(15), NOTHING);
        Forecast forecast = certain.forecast(List.of(entry), 0);
        assertThat(iterations(forecast.projection())).isEqualTo(5);
        assertThat(forecast.projection().segments()).allMatch(s -> s.batch() == 1);
        assertThat(forecast.projection().segments().getFirst().kvTokens()).isEqualTo(112);
        assertThat(forecast.nextCompletion()).isEqualTo(5);
        assertThat(forecast.kv().peakTokens(3, 0)).isBetween(112., 128.);
    }

    @Test
    void promptIsPrefilledInChunksAndDecodesAfterwards() {
        ScoreboardEntry entry = waiting("a", 1_100, point(3), promise(900, null, null, null));
        Projection projection = certain.forecast(List.of(entry), millis(200)).projection();
        assertThat(iterations(projection)).isEqualTo(5);
        double prefilled = 0;
        double decoded = 0;
        for (Segment segment : projection.segments()) {
            prefilled += segment.prefillTokensPerIteration() * segment.iterations();
            decoded += segment.batch() * segment.iterations();
        }
        assertThat(prefilled).isCloseTo(1_100, within(1e-9));
        assertThat(decoded).isEqualTo(2);
        Deadline first = projection.deadlines().getFirst();
        assertThat(first.target()).isEqualTo(Target.TTFT);
        assertThat(first.remainingMicros()).isEqualTo(700_000);
        assertThat(first.segment()).isEqualTo(2);
    }

    @Test
    void decodingRequestsLeaveLessOfTheBudgetToPrefill() {
        ScoreboardEntry decoding = decoding("a", 10, 1, 0, point(100), NOTHING);
        ScoreboardEntry prompt = waiting("b", 512, point(3), NOTHING);
        Projection projection = certain.forecast(List.of(decoding, prompt), 0).projection();
        assertThat(projection.segments().get(0).prefillTokensPerIteration()).isEqualTo(511);
        assertThat(projection.segments().get(1).prefillTokensPerIteration()).isEqualTo(1);
        assertThat(projection.segments().get(2).batch()).isEqualTo(2);
    }

    @Test
    void bimodalAnswerIsDueAtBothItsLengthsWithTheirProbability() {
        ScoreboardEntry entry =
                decoding("a", 100, 1, 0, BIMODAL, promise(null, null, null, 10_000));
        Projection projection = expected.forecast(List.of(entry), 0).projection();
        assertThat(projection.deadlines()).hasSize(2);
        Deadline atShort = projection.deadlines().get(0);
        Deadline atLong = projection.deadlines().get(1);
        assertThat(atShort.weight()).isCloseTo(.7, within(1e-9));
        assertThat(atLong.weight()).isCloseTo(.3, within(1e-9));
        // 99 further tokens: at the boundary of 91 with 91/99 of the time; 399 is the horizon
        assertThat(atShort.remainingMicros()).isEqualTo(10_000_000L * 91 / 99);
        assertThat(atLong.remainingMicros()).isEqualTo(10_000_000);
        assertThat(atLong.segment()).isEqualTo(projection.segments().size() - 1);
    }

    @Test
    void stricterOfEndToEndAndMeanTbtIsDue() {
        // first token at 1 s; 11 tokens by 100 ms each are due 1 s after it
        ScoreboardEntry entry =
                decoding("a", 100, 1, 1_000, point(11), promise(null, 100, null, 20_000));
        Projection projection = certain.forecast(List.of(entry), millis(1_200)).projection();
        assertThat(projection.deadlines())
                .containsExactly(
                        new Deadline(
                                projection.segments().size() - 1,
                                800_000,
                                1,
                                Target.TBT_MEAN,
                                "a"));
    }

    @Test
    void iterationLimitsHoldWhereTheirRequestLives() {
        ScoreboardEntry strict = decoding("a", 16, 1, 0, point(5), promise(null, null, 50, null));
        ScoreboardEntry loose = decoding("b", 16, 1, 0, point(9), NOTHING);
        Projection projection = certain.forecast(List.of(strict, loose), 0).projection();
        int passed = 0;
        for (Segment segment : projection.segments()) {
            assertThat(segment.iterationLimitMicros())
                    .isEqualTo(passed < 4 ? 50_000 : Segment.NO_LIMIT);
            passed += segment.iterations();
        }
    }

    @Test
    void meanTbtLimitsIterationsOnlyWhileThereIsNoFirstToken() {
        Promise promise = promise(null, 80, null, null);
        Projection before =
                certain.forecast(List.of(waiting("a", 16, point(9), promise)), 0).projection();
        assertThat(before.segments().getFirst().iterationLimitMicros()).isEqualTo(Segment.NO_LIMIT);
        assertThat(before.segments().getLast().iterationLimitMicros()).isEqualTo(80_000);
        Projection after =
                certain.forecast(List.of(decoding("a", 16, 1, 0, point(9), promise)), 0)
                        .projection();
        assertThat(after.segments()).allMatch(s -> s.iterationLimitMicros() == Segment.NO_LIMIT);
    }

    @Test
    void lostRequestIsLoadButImposesNoDeadlineUnlessRescued() {
        SloTargets targets = promise(null, null, null, 10).targets();
        ScoreboardEntry lost =
                decoding("a", 16, 1, 0, point(9), new Promise("p", targets, false, false));
        ScoreboardEntry rescued =
                decoding("b", 16, 1, 0, point(9), new Promise("p", targets, true, false));
        lost.markLost();
        rescued.markLost();
        Projection projection = certain.forecast(List.of(lost, rescued), 0).projection();
        assertThat(projection.segments().getFirst().batch()).isEqualTo(2);
        assertThat(projection.deadlines()).extracting(Deadline::requestId).containsExactly("b");
    }

    @Test
    void longHorizonsAndManyPromptsStayWithinTheSegmentsThereAre() {
        List<ScoreboardEntry> entries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            entries.add(waiting("r" + i, 700, point(2_000), promise(5_000, null, null, null)));
        }
        Projection projection = certain.forecast(entries, 0).projection();
        assertThat(projection.segments()).hasSizeLessThanOrEqualTo(64);
        double prefilled = 0;
        for (Segment segment : projection.segments()) {
            prefilled += segment.prefillTokensPerIteration() * segment.iterations();
        }
        assertThat(prefilled).isCloseTo(200 * 700, within(1e-6));
        assertThat(projection.compact(16).segments()).hasSize(16);
    }

    /** Segments against every single iteration. */
    @Seeds(count = 50)
    void segmentsHoldWhatSingleIterationsHold(SplittableRandom random) {
        List<ScoreboardEntry> entries = randomBoard(random);
        Projection projection = expected.forecast(entries, 0).projection();
        List<Occupant> occupants = new ArrayList<>();
        PrefillPlan plan = new PrefillPlan(entries, 512);
        for (ScoreboardEntry entry : entries) {
            if (entry.isDecoding()) {
                int g = entry.generated();
                occupants.add(new Occupant(0, entry.promptTokens() + g, g, g, entry.curve()));
            }
        }
        for (int i = 0; i < plan.prompts().size(); i++) {
            ScoreboardEntry prompt = plan.prompts().get(i);
            occupants.add(
                    new Occupant(
                            plan.lastIteration(i) + 1,
                            prompt.promptTokens() + 1,
                            1,
                            0,
                            prompt.curve()));
        }
        double peak = expected.forecast(entries, 0).kv().peakTokens(0, 0);
        int start = 0;
        for (Segment segment : projection.segments()) {
            int end = start + segment.iterations();
            double batch = 0;
            double kv = 0;
            for (int j = start; j < end; j++) {
                int at = j;
                batch += occupants.stream().mapToDouble(o -> presence(o, at)).sum();
                kv +=
                        16
                                * (occupants.stream()
                                                .mapToDouble(
                                                        o -> presence(o, at) * o.blocks(at, 16))
                                                .sum()
                                        + plan.blocks(at, 16));
            }
            // the mean of the ends overstates a convex tail, by a few per cent of the peak
            double share = segment.iterations() == 1 ? 1e-9 : .05;
            assertThat(segment.batch())
                    .isCloseTo(batch / segment.iterations(), within(share * entries.size()));
            assertThat(segment.meanKvTokens())
                    .isCloseTo(kv / segment.iterations(), within(share * peak));
            start = end;
        }
    }

    private static double presence(Occupant occupant, int iteration) {
        return occupant.presence(iteration, occupant.curve().beyond(occupant.generated()));
    }

    private static List<ScoreboardEntry> randomBoard(SplittableRandom random) {
        KaplanMeierLengths lengths = KaplanMeierLengths.standard();
        RequestShape shape = RequestShape.of("m", 200, 4_096);
        for (int i = 0; i < 300; i++) {
            int length = (int) (1 + 200 * -Math.log(random.nextDouble()));
            lengths.observe(new LengthObservation(shape, length, false));
        }
        SurvivalCurve curve = lengths.curve("r", shape);
        List<ScoreboardEntry> entries = new ArrayList<>();
        int decoding = 1 + random.nextInt(20);
        for (int i = 0; i < decoding; i++) {
            entries.add(
                    decoding(
                            "d" + i,
                            1 + random.nextInt(800),
                            1 + random.nextInt(100),
                            0,
                            curve,
                            promise(null, 200, null, 22_000)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.add(
                    waiting(
                            "w" + i,
                            1 + random.nextInt(1_500),
                            curve,
                            promise(3_000, 200, null, 22_000)));
        }
        return entries;
    }
}
