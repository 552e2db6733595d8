package dev.lowgear.core.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class CompactProjectionTest {
    private static Segment segment(int iterations, double batch, double kv) {
        return new Segment(iterations, batch, kv, batch, 0, Segment.NO_LIMIT);
    }

    @Test
    void mergesTheMostAlikeAndKeepsTheBoundaryOfADeadline() {
        Deadline due = new Deadline(0, 900, 1, Target.E2E, "a");
        var projection =
                new Projection(
                        List.of(segment(4, 8, 100), segment(4, 8, 132), segment(4, 2, 50)),
                        List.of(due));
        Projection compact = projection.compact(2);
        assertThat(compact.segments()).extracting(Segment::iterations).containsExactly(4, 8);
        assertThat(compact.deadlines()).containsExactly(due);
    }

    @Test
    void deadlineWhoseBoundaryGoesMovesToTheOneBeforeWithItsShareOfTheTime() {
        var projection =
                new Projection(
                        List.of(segment(4, 8, 100), segment(4, 8, 132), segment(4, 2, 50)),
                        List.of(
                                new Deadline(0, 5_000, 1, Target.E2E, "a"),
                                new Deadline(1, 900, 1, Target.E2E, "b")));
        Projection compact = projection.compact(2);
        assertThat(compact.segments()).extracting(Segment::iterations).containsExactly(8, 4);
        assertThat(compact.deadlines())
                .containsExactlyInAnyOrder(
                        new Deadline(0, 5_000, 1, Target.E2E, "a"),
                        new Deadline(0, 900, 1, Target.E2E, "b"));
    }

    @Test
    void strictIterationLimitIsNotSpreadWhileAnythingElseCanBeMerged() {
        var strict = new Segment(4, 8, 100, 8, 0, 50_000);
        var projection =
                new Projection(List.of(strict, segment(4, 8, 132), segment(4, 1, 10)), List.of());
        assertThat(projection.compact(2).segments().getFirst()).isEqualTo(strict);
    }

    @Test
    void deadlinesAlikeAreMergedIntoTheTightestUpToTheWeightOfOneRequest() {
        var projection =
                new Projection(
                        List.of(segment(4, 8, 100)),
                        List.of(
                                new Deadline(0, 960, .5, Target.E2E, "a"),
                                new Deadline(0, 980, .3, Target.E2E, "b"),
                                new Deadline(0, 990, .3, Target.E2E, "c"),
                                new Deadline(0, 1_100, .1, Target.E2E, "d")));
        assertThat(projection.compact(16).deadlines())
                .containsExactly(
                        new Deadline(0, 960, .8, Target.E2E, "a"),
                        new Deadline(0, 990, .3, Target.E2E, "c"),
                        new Deadline(0, 1_100, .1, Target.E2E, "d"));
    }

    @Seeds
    void keepsIterationsAndWork(SplittableRandom random) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            segments.add(
                    new Segment(
                            1 + random.nextInt(50),
                            random.nextInt(64),
                            random.nextInt(20_000),
                            random.nextInt(-20, 64),
                            random.nextInt(512),
                            Segment.NO_LIMIT));
        }
        Projection projection = new Projection(segments, List.of());
        Projection compact = projection.compact(16);
        assertThat(compact.segments()).hasSize(16);
        double[] before = totals(projection);
        double[] after = totals(compact);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(1e-6 * Math.abs(before[i])));
        }
    }

    private static double[] totals(Projection projection) {
        double[] totals = new double[4];
        for (Segment segment : projection.segments()) {
            totals[0] += segment.iterations();
            totals[1] += segment.iterations() * segment.batch();
            totals[2] += segment.iterations() * segment.meanKvTokens();
            totals[3] += segment.iterations() * segment.prefillTokensPerIteration();
        }
        return totals;
    }
}
