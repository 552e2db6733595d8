package dev.lowgear.core.gear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class DeadlinePlanTest {
    /** Time and watts by clock, times the batch: a point cloud of any shape. */
    private record Cloud(ClockLadder clocks, List<Double> micros, List<Double> watts)
            implements PerformanceModel {
        @Override
        public double iterationMicros(int clock, double batch, double kv, double prefill) {
            return micros.get(clock) * batch;
        }

        @Override
        public double busyWatts(int clock, double batch, double kv, double prefill) {
            return watts.get(clock);
        }

        @Override
        public double restWatts(int clock) {
            return 1;
        }

        @Override
        public double idleWatts() {
            return 1;
        }

        @Override
        public double staticWatts() {
            return 1;
        }
    }

    private static final Cloud EXAMPLE =
            new Cloud(ClockLadder.of(1000, 1400), List.of(16_000., 10_000.), List.of(212.5, 400.));

    private static Projection due(long micros) {
        return new Projection(
                List.of(new Segment(100, 1, 0, 0, 0, Segment.NO_LIMIT)),
                List.of(new Deadline(0, micros, 1, Target.E2E, "r1")));
    }

    private static DeadlinePlan plan(Projection projection, PerformanceModel model, double margin) {
        return DeadlinePlan.of(
                projection, model, ClockRange.of(model.clocks(), ClockBounds.ANY), 0, margin, 1);
    }

    @Test
    void pricesTheWorkedExample() {
        assertThat(plan(due(2_000_000), EXAMPLE, 1.3).priceWatts()).isCloseTo(100, within(.2));
        assertThat(plan(due(2_100_000), EXAMPLE, 1.3).priceWatts()).isZero();
    }

    @Test
    void deadlineThatNoClockKeepsPressesNothing() {
        assertThat(plan(due(900_000), EXAMPLE, 1.3).priceWatts()).isZero();
    }

    @Test
    void deadlineWithoutRoomForTheMarginGetsTheHighestClocksPrice() {
        assertThat(plan(due(1_100_000), EXAMPLE, 1.3).priceWatts()).isCloseTo(100, within(.2));
    }

    @Test
    void nothingProjectedCostsNothing() {
        assertThat(plan(Projection.IDLE, EXAMPLE, 1.3).priceWatts()).isZero();
    }

    @Test
    void iterationLimitTakesTheSlowClocksOut() {
        var limited =
                new Projection(
                        List.of(new Segment(100, 1, 0, 0, 0, 12_000)),
                        List.of(new Deadline(0, 2_000_000, 1, Target.E2E, "r1")));
        // With the low clock out of the question the high one needs no price.
        assertThat(plan(limited, EXAMPLE, 1.3).priceWatts()).isZero();
    }

    private record Instance(Cloud model, Projection projection) {}

    private static Instance random(SplittableRandom random) {
        int clocks = random.nextInt(2, 6);
        int[] mhz = new int[clocks];
        double[] micros = new double[clocks];
        double[] watts = new double[clocks];
        double time = 10_000;
        for (int c = clocks - 1; c >= 0; c--) {
            mhz[c] = 300 + 200 * c;
            micros[c] = time;
            watts[c] = 100 + random.nextDouble(20, 400) * (c + 1) / clocks;
            time *= random.nextDouble(1, 1.5);
        }
        List<Segment> segments = new ArrayList<>();
        List<Deadline> deadlines = new ArrayList<>();
        double fastest = 0;
        int count = random.nextInt(1, 5);
        for (int s = 0; s < count; s++) {
            var segment =
                    new Segment(
                            random.nextInt(1, 30),
                            random.nextDouble(1, 3),
                            0,
                            0,
                            0,
                            Segment.NO_LIMIT);
            segments.add(segment);
            fastest += segment.iterations() * segment.batch() * micros[clocks - 1];
            if (random.nextBoolean() || s == count - 1) {
                deadlines.add(
                        new Deadline(
                                s,
                                (long) Math.ceil(fastest * random.nextDouble(1, 1.7)),
                                1,
                                Target.E2E,
                                "r" + s));
            }
        }
        return new Instance(
                new Cloud(ClockLadder.of(mhz), boxed(micros), boxed(watts)),
                new Projection(segments, deadlines));
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static int cheapest(Cloud model, double price) {
        int best = model.clocks().highestIndex();
        for (int c = best - 1; c >= 0; c--) {
            if (model.micros.get(c) * (model.watts.get(c) + price)
                    < model.micros.get(best) * (model.watts.get(best) + price)) {
                best = c;
            }
        }
        return best;
    }

    private static boolean holds(Instance instance, int[] clocks) {
        double elapsed = 0;
        int due = 0;
        List<Deadline> deadlines = instance.projection.deadlines();
        for (int s = 0; s < clocks.length; s++) {
            Segment segment = instance.projection.segments().get(s);
            elapsed +=
                    segment.iterations() * segment.batch() * instance.model.micros.get(clocks[s]);
            for (; due < deadlines.size() && deadlines.get(due).segment() == s; due++) {
                if (elapsed > deadlines.get(due).remainingMicros() * (1 + 1e-12)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double joules(Instance instance, int[] clocks) {
        double joules = 0;
        for (int s = 0; s < clocks.length; s++) {
            Segment segment = instance.projection.segments().get(s);
            joules +=
                    segment.iterations()
                            * segment.batch()
                            * instance.model.micros.get(clocks[s])
                            * instance.model.watts.get(clocks[s])
                            / 1e6;
        }
        return joules;
    }

    /** The best of all assignments of one clock to each segment that keep every deadline. */
    private static int[] exhaustive(Instance instance) {
        int segments = instance.projection.segments().size();
        int clocks = instance.model.micros.size();
        int[] best = new int[segments];
        double least = Double.POSITIVE_INFINITY;
        int all = (int) Math.pow(clocks, segments);
        for (int code = 0; code < all; code++) {
            int[] some = new int[segments];
            for (int s = 0, rest = code; s < segments; s++, rest /= clocks) {
                some[s] = rest % clocks;
            }
            if (holds(instance, some) && joules(instance, some) < least) {
                least = joules(instance, some);
                best = some;
            }
        }
        return best;
    }

    @Seeds(count = 300)
    void priceIsTheSmallestAtWhichEveryDeadlineHolds(SplittableRandom random) {
        Instance instance = random(random);
        double price = plan(instance.projection, instance.model, 1).priceWatts();
        int[] clocks = new int[instance.projection.segments().size()];
        Arrays.fill(clocks, cheapest(instance.model, price));
        assertThat(holds(instance, clocks)).isTrue();
        if (price > 0) {
            Arrays.fill(clocks, cheapest(instance.model, price * .998));
            assertThat(holds(instance, clocks)).isFalse();
        }
    }

    /**
     * Followed segment by segment, with the price found anew each time, the plan keeps every
     * deadline and costs at most one edge of the hull per deadline more than the best assignment.
     */
    @Seeds(count = 300)
    void costsAtMostAnEdgePerDeadlineMoreThanTheBestAssignment(SplittableRandom random) {
        Instance instance = random(random);
        int segments = instance.projection.segments().size();
        int[] followed = new int[segments];
        double elapsed = 0;
        for (int s = 0; s < segments; s++) {
            followed[s] =
                    cheapest(
                            instance.model,
                            plan(rest(instance.projection, s, elapsed), instance.model, 1)
                                    .priceWatts());
            Segment segment = instance.projection.segments().get(s);
            elapsed +=
                    segment.iterations() * segment.batch() * instance.model.micros.get(followed[s]);
        }
        assertThat(holds(instance, followed)).isTrue();
        assertThat(joules(instance, followed))
                .isLessThanOrEqualTo(
                        joules(instance, exhaustive(instance))
                                + instance.projection.deadlines().size() * widestEdge(instance)
                                + 1e-9);
    }

    private static Projection rest(Projection all, int from, double elapsed) {
        return new Projection(
                all.segments().subList(from, all.segments().size()),
                all.deadlines().stream()
                        .filter(due -> due.segment() >= from)
                        .map(due ->
                                new Deadline(
                                        due.segment() - from,
                                        (long) Math.ceil(due.remainingMicros() - elapsed),
                                        1,
                                        due.target(),
                                        due.requestId()))
                        .toList());
    }

    /** The most energy between neighbouring vertices of any segment's hull. */
    private static double widestEdge(Instance instance) {
        List<Integer> hull = new ArrayList<>();
        for (double price = 0; price < 1e6; price = price * 1.01 + .1) {
            int clock = cheapest(instance.model, price);
            if (hull.isEmpty() || hull.getLast() != clock) {
                hull.add(clock);
            }
        }
        double widest = 0;
        for (Segment segment : instance.projection.segments()) {
            for (int i = 1; i < hull.size(); i++) {
                int slow = hull.get(i - 1);
                int fast = hull.get(i);
                double edge =
                        instance.model.micros.get(fast) * instance.model.watts.get(fast)
                                - instance.model.micros.get(slow) * instance.model.watts.get(slow);
                widest = Math.max(widest, segment.iterations() * segment.batch() * edge / 1e6);
            }
        }
        return widest;
    }
}
