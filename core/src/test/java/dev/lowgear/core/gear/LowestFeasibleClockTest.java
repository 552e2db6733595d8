package dev.lowgear.core.gear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.feasibility.AffordableMargin;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.FlatWatts;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.Tables;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class LowestFeasibleClockTest {
    private static final ClockLadder A100 = ClockLadder.stepped(210, 1410, 15);
    private static final PerformanceModel MODEL = new Tables.Multilinear(A100);
    private static final Margins NONE = new Margins(1, 1);

    /** An iteration takes 10 ms at the highest clock and longer in proportion below it. */
    private record InverseClock(ClockLadder clocks) implements FlatWatts {
        @Override
        public double iterationMicros(
                int clockIndex, double batch, double kvTokens, double prefillTokens) {
            return 10_000 / clocks.relative(clockIndex);
        }
    }

    private final LowestFeasibleClock policy = new LowestFeasibleClock();

    /** 100 iterations of a batch of 8 that must be over in {@code micros}. */
    private static Projection due(long micros) {
        return new Projection(
                List.of(new Segment(100, 8, 4_000, 8, 0, Segment.NO_LIMIT)),
                List.of(new Deadline(0, micros, 1, Target.E2E, "r1")));
    }

    private static Situation situation(Projection projection, ClockBounds bounds, Margins margins) {
        return Situations.of(MODEL, projection).with(bounds).with(margins).build();
    }

    private GearChoice choose(Projection projection) {
        return policy.choose(situation(projection, ClockBounds.ANY, NONE));
    }

    private static int bruteForce(Situation situation) {
        AffordableMargin margin =
                AffordableMargin.of(
                        situation.projection(),
                        MODEL,
                        situation.clocks().highest(),
                        situation.margins().throttllem(),
                        situation.trim());
        for (int i = situation.clocks().lowest(); i <= situation.clocks().highest(); i++) {
            if (margin.isKeptAt(i)) {
                return A100.mhz(i);
            }
        }
        return situation.clocks().highestMhz();
    }

    @Test
    void choosesTheClockOfTheWorkedExample() {
        // 14.1 s·MHz per iteration: 20 ms at 705 MHz, 10 ms at 1410 MHz, 16 ms at 881.25 MHz.
        var inverse = new InverseClock(A100);
        var situation = Situations.of(inverse, due(4_000_000)).with(new Margins(1, 2.5)).build();
        assertThat(policy.choose(situation).gear()).isEqualTo(Gear.clock(885));
    }

    @Test
    void namesTheDeadlineThatKeepsTheClockFromBeingLower() {
        GearChoice choice = choose(due(1_140_000));

        assertThat(choice.reason()).isEqualTo(GearReason.LOWEST_FEASIBLE);
        assertThat(choice.binding()).isInstanceOf(BindingConstraint.DeadlineMissed.class);
        var missed = (BindingConstraint.DeadlineMissed) choice.binding();
        assertThat(missed.clockMhz()).isEqualTo(choice.gear().clockMhz() - 15);
        assertThat(missed.deadline().requestId()).isEqualTo("r1");
        assertThat(missed.words()).contains("r1").contains("E2E");
    }

    @Test
    void namesTheIterationLimitThatBinds() {
        var projection =
                new Projection(List.of(new Segment(100, 8, 4_000, 8, 0, 11_500)), List.of());
        GearChoice choice = choose(projection);
        assertThat(choice.binding()).isInstanceOf(BindingConstraint.IterationTooLong.class);
        assertThat(choice.gear().clockMhz()).isBetween(211, 1409);
    }

    @Test
    void looseDeadlinesGetTheLowestClockAllowed() {
        assertThat(choose(due(60_000_000)).gear()).isEqualTo(Gear.clock(210));
        GearChoice floored =
                policy.choose(situation(due(60_000_000), new ClockBounds(700, 1_000), NONE));
        assertThat(floored.gear()).isEqualTo(Gear.clock(705));
        assertThat(floored.binding()).isEqualTo(new BindingConstraint.LowestAllowed(705));
    }

    @Test
    void hopelessDeadlinesGetTheHighestClockAllowed() {
        GearChoice choice = policy.choose(situation(due(1_000), new ClockBounds(0, 1_000), NONE));
        assertThat(choice.gear()).isEqualTo(Gear.clock(990));
        assertThat(choice.reason()).isEqualTo(GearReason.NOTHING_FEASIBLE);
        assertThat(choice.binding()).isInstanceOf(BindingConstraint.DeadlineMissed.class);
    }

    @Test
    void lostRequestGetsTheHighestClockHoweverLooseTheRest() {
        var lost = Situations.of(MODEL, due(60_000_000)).lost(1).build();
        assertThat(policy.choose(lost).gear()).isEqualTo(Gear.clock(1410));
        assertThat(policy.choose(lost).reason()).isEqualTo(GearReason.LOST_REQUEST);
    }

    @Test
    void marginAndTrimRaiseTheClock() {
        int plain = choose(due(2_000_000)).gear().clockMhz();
        int guarded =
                policy.choose(situation(due(2_000_000), ClockBounds.ANY, new Margins(1, 1.6)))
                        .gear()
                        .clockMhz();
        int trimmed =
                policy.choose(Situations.of(MODEL, due(2_000_000)).trim(1.6).build())
                        .gear()
                        .clockMhz();
        assertThat(guarded).isGreaterThan(plain).isEqualTo(trimmed);
    }

    @Seeds(count = 200)
    void findsTheClockThatAnExhaustiveScanFinds(SplittableRandom random) {
        Situation situation = randomSituation(random);
        GearChoice choice = policy.choose(situation);
        assertThat(choice.gear().clockMhz()).isEqualTo(bruteForce(situation));
        assertThat(choice.candidatesMhz()).hasSizeLessThanOrEqualTo(7);
        assertThat(situation.clocks().contains(choice.gear().clockMhz())).isTrue();
    }

    private static Situation randomSituation(SplittableRandom random) {
        List<Segment> segments = new ArrayList<>();
        List<Deadline> deadlines = new ArrayList<>();
        int count = random.nextInt(1, 12);
        double elapsed = 0;
        for (int s = 0; s < count; s++) {
            int iterations = random.nextInt(1, 80);
            double batch = random.nextInt(1, 64);
            elapsed += iterations * MODEL.iterationMicros(40, batch, 20_000, 0);
            segments.add(
                    new Segment(
                            iterations,
                            batch,
                            random.nextInt(40_000),
                            batch,
                            random.nextInt(2) * 512.0,
                            random.nextInt(4) == 0
                                    ? random.nextLong(10_000, 80_000)
                                    : Segment.NO_LIMIT));
            if (random.nextBoolean()) {
                deadlines.add(
                        new Deadline(
                                s,
                                (long) (elapsed * random.nextDouble(0.5, 4)),
                                1,
                                Target.E2E,
                                "r" + s));
            }
        }
        int floor = random.nextInt(1_400);
        return Situations.of(MODEL, new Projection(segments, deadlines))
                .with(new ClockBounds(floor, floor + random.nextInt(1, 1_000)))
                .with(new Margins(1, random.nextDouble(1, 3)))
                .trim(random.nextDouble(0.8, 1.5))
                .build();
    }
}
