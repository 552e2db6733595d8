package dev.lowgear.core.gear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.Pacing;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.Tables;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;
import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

class LeastEnergyGearTest {
    private static final ClockLadder A100 = ClockLadder.stepped(210, 1410, 15);
    private static final PerformanceModel MODEL = new Tables.Multilinear(A100);
    private static final LeastEnergyGear LOWGEAR = new LeastEnergyGear(true);
    private static final LeastEnergyGear CLOCK_ONLY = new LeastEnergyGear(false);

    private static Projection due(long micros) {
        return new Projection(
                List.of(new Segment(100, 8, 4_000, 8, 0, Segment.NO_LIMIT)),
                List.of(new Deadline(0, micros, 1, Target.E2E, "r1")));
    }

    private static Situations loose() {
        return Situations.of(MODEL, due(60_000_000));
    }

    /** Time costs next to nothing. */
    private static Situations cheap() {
        return loose().urgency(.5);
    }

    @Test
    void urgencyPriceIsThatOfTheWorkedExample() {
        Situation situation = loose().urgency(20).build();
        double most = MODEL.busyWatts(A100.highestIndex(), 32, 4_000, 512) - MODEL.idleWatts();
        assertThat(UrgencyPrice.watts(situation)).isCloseTo(most * .4, within(1e-9));
    }

    @Test
    void creditIsIdlePowerAndTheBusyShareOfStaticPower() {
        assertThat(EnergyCredit.watts(MODEL, loose().build().load()))
                .isCloseTo(116 + .5 * (.7 * 200 - 116), within(1e-9));
    }

    @Test
    void moreUrgentWorkRunsFaster() {
        int before = 0;
        for (double urgency : new double[] {.1, 5, 20, 40, 80}) {
            GearChoice choice = CLOCK_ONLY.choose(loose().urgency(urgency).build());
            assertThat(choice.reason()).isEqualTo(GearReason.URGENCY_PRICE);
            assertThat(choice.gear().clockMhz()).isGreaterThanOrEqualTo(before);
            before = choice.gear().clockMhz();
        }
        assertThat(before).isGreaterThan(1_200);
    }

    @Test
    void chunksRaiseTheClockByTheirShareOfTheComingTime() {
        int decoding = clock(loose().with(Situations.load(8, 0)));
        int oneChunk = clock(loose().with(Situations.load(8, 1)));
        int chunksOnly = clock(loose().with(Situations.load(8, 40)));
        assertThat(oneChunk).isGreaterThan(decoding).isLessThan(chunksOnly);
        int oneChunkPaced =
                clock(loose().with(Situations.load(8, 1)).holding(new Gear(1005, 100_000)));
        assertThat(oneChunkPaced).isGreaterThan(oneChunk).isLessThanOrEqualTo(chunksOnly);
    }

    @Test
    void cheapTimeStaysAtTheKneeInsteadOfTheLowestClock() {
        GearChoice choice =
                CLOCK_ONLY.choose(
                        loose().urgency(.01).with(new AttainmentServo(1e-6, .9, .05)).build());
        assertThat(choice.gear().clockMhz()).isBetween(300, 1_100);
        assertThat(new LowestFeasibleClock().choose(loose().build()).gear().clockMhz())
                .isEqualTo(210);
    }

    @Test
    void tightDeadlineSetsThePriceAndForbidsRest() {
        GearChoice choice = LOWGEAR.choose(Situations.of(MODEL, due(1_130_000)).urgency(1).build());
        assertThat(choice.reason()).isEqualTo(GearReason.DEADLINE_PRICE);
        assertThat(choice.gear().paceMicros()).isZero();
        assertThat(choice.binding()).isInstanceOf(BindingConstraint.PriceOfTime.class);
        assertThat(choice.binding().words()).contains("deadline-price");
    }

    @Test
    void tokenTargetIsAFloorUnderTheClock() {
        // 10.3 ms at the highest clock, 14 ms at 352 MHz.
        var tight =
                SloPolicy.STANDARD.withTargets(
                        new SloTargets(null, Duration.ofMillis(12), null, null));
        GearChoice choice = LOWGEAR.choose(loose().with(tight).urgency(.01).build());
        assertThat(choice.reason()).isEqualTo(GearReason.TOKEN_FLOOR);
        int index = A100.indexAtLeast(choice.gear().clockMhz());
        assertThat(MODEL.iterationMicros(index, 8, 4_000, 0)).isLessThanOrEqualTo(.9 * 12_000);
        assertThat(MODEL.iterationMicros(index - 1, 8, 4_000, 0)).isGreaterThan(.9 * 12_000);
    }

    @Test
    void restsAsTheWorkedExampleWhileTimeIsCheap() {
        Situation situation = loose().urgency(5).build();
        GearChoice choice = LOWGEAR.choose(situation);
        int index = A100.indexAtLeast(choice.gear().clockMhz());
        double busy = MODEL.iterationMicros(index, 8, 4_000, 0);
        double saved = MODEL.busyWatts(index, 8, 4_000, 0) - MODEL.restWatts(index);
        double expected = .5 * busy * saved / UrgencyPrice.watts(situation);
        assertThat((double) choice.gear().paceMicros())
                .isCloseTo(Math.min(expected, .9 * 200_000), within(1.));
        assertThat(CLOCK_ONLY.choose(situation).gear())
                .isEqualTo(Gear.clock(choice.gear().clockMhz()));
    }

    @Test
    void paceKeepsEveryBoundThereIs() {
        assertThat(pace(cheap())).isEqualTo(180_000);
        assertThat(pace(cheap().with(new Pacing(true, 70_000)))).isEqualTo(70_000);
        assertThat(pace(cheap().maximumPace(Duration.ofMillis(40)))).isEqualTo(40_000);
        assertThat(pace(cheap().maximumPace(Duration.ZERO))).isZero();
        assertThat(pace(cheap().with(Pacing.IMPOSSIBLE))).isZero();
        assertThat(pace(cheap().with(new AttainmentServo(.001, .5, .05)))).isEqualTo(100_000);
    }

    @Test
    void paceLeavesRoomForOneChunkInsideATailTarget() {
        var tail =
                SloPolicy.STANDARD.withTargets(
                        new SloTargets(null, null, Duration.ofMillis(120), null));
        GearChoice choice = LOWGEAR.choose(cheap().with(tail).build());
        int index = A100.indexAtLeast(choice.gear().clockMhz());
        double chunk = MODEL.iterationMicros(index, 8, 4_000, 512);
        assertThat((double) choice.gear().paceMicros()).isCloseTo(120_000 - chunk, within(1.));
    }

    @Test
    void fullCacheCutsThePace() {
        var load = new EngineLoad(8, 0, 0, 80_000, 100_000, 0, .5, 1, 300, 1);
        // 10,000 tokens each: 9 of them fill 90 % of the cache, and come in at 300 tokens/s in 30
        // ms.
        assertThat(pace(cheap().with(load))).isEqualTo(30_000);
    }

    @Test
    void restThatLetsNobodyJoinIsNotTaken() {
        var load = new EngineLoad(8, 0, 0, 4_000, 100_000, 0, .5, 1, 4, 1);
        assertThat(pace(cheap().with(load))).isZero();
    }

    @Test
    void hopelessRequestDoesNotBurnEveryonesEnergy() {
        Situations one = Situations.of(MODEL, due(1_000)).urgency(3);
        assertThat(LOWGEAR.choose(one.lost(1).build()).gear().clockMhz()).isLessThan(1410);
    }

    @Test
    void everyPromiseKeptIsServedAtTheDearestPrice() {
        Situation dear = loose().with(AttainmentServo.startingAt(1)).urgency(10).build();
        Situation usual = loose().urgency(10).build();
        assertThat(UrgencyPrice.watts(dear))
                .isCloseTo(10 * UrgencyPrice.watts(usual), within(1e-6));
    }

    private static int clock(Situations situation) {
        return CLOCK_ONLY.choose(situation.build()).gear().clockMhz();
    }

    private static long pace(Situations situation) {
        return LOWGEAR.choose(situation.build()).gear().paceMicros();
    }

    @Seeds(count = 200)
    void choosesWithinTheBoundsWhateverTheLoad(SplittableRandom random) {
        var load =
                new EngineLoad(
                        random.nextInt(1, 200),
                        random.nextInt(4),
                        random.nextInt(4),
                        random.nextLong(90_000),
                        100_000,
                        random.nextLong(4_000),
                        random.nextDouble(),
                        random.nextDouble(.8, 1.5),
                        random.nextDouble(2_000),
                        random.nextDouble(10));
        int floor = random.nextInt(1_400);
        var bounds = new ClockBounds(floor, floor + random.nextInt(1, 1_000));
        long guard = random.nextLong(1_000_000);
        Situation situation =
                Situations.of(MODEL, due(random.nextLong(10_000_000)))
                        .with(load)
                        .with(bounds)
                        .with(new Pacing(true, guard))
                        .with(new AttainmentServo(random.nextDouble(1e-6, .01), 1, .05))
                        .urgency(random.nextDouble(300))
                        .build();
        Gear gear = LOWGEAR.choose(situation).gear();
        assertThat(situation.clocks().contains(gear.clockMhz())).isTrue();
        assertThat(gear.paceMicros()).isBetween(0L, Math.min(guard, 180_000));
        assertThat(LOWGEAR.choose(situation)).isEqualTo(LOWGEAR.choose(situation));
        if (gear.paceMicros() > 0) {
            double busy =
                    load.trim()
                            * MODEL.iterationMicros(
                                    A100.indexAtLeast(gear.clockMhz()),
                                    load.running(),
                                    (double) load.kvTokens(),
                                    0);
            assertThat((double) gear.paceMicros()).isGreaterThan(busy - 1);
        }
    }
}
