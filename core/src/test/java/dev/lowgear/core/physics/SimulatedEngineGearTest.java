package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.engine.EngineLimits;

import org.junit.jupiter.api.Test;

/** Time, clock and pace. */
class SimulatedEngineGearTest {
    private static final long PACE = 100_000_000;

    private final EngineUnderTest run = new EngineUnderTest();
    private final SimulatedEngine engine = run.engine;

    @Test
    void restsUntilThePaceHasPassedSinceTheLastStart() {
        engine.pace(PACE, 0);
        run.submit(1, 100, 10);
        IterationCompleted first = run.next();
        IterationCompleted second = run.next();

        assertThat(second.startNanos()).isEqualTo(first.startNanos() + PACE);
        assertThat(second.restNanos()).isEqualTo(PACE - first.durationNanos());
        assertThat(second.paceNanos()).isEqualTo(PACE);
        assertThat(second.energy().restJoules())
                .isCloseTo(second.restNanos() * 1e-9 * 75, within(1e-9));
        assertThat(second.energy().idleJoules()).isZero();
    }

    @Test
    void aPaceShorterThanTheIterationRestsNot() {
        engine.pace(1_000_000, 0);
        run.submit(1, 100, 10);
        run.drain();

        assertThat(run.iterations).allMatch(iteration -> iteration.restNanos() == 0);
    }

    @Test
    void anArrivalEndsTheRest() {
        engine.pace(PACE, 0);
        run.submit(1, 100, 10);
        long completed = run.next().endNanos();
        long arrival = completed + 5_000_000;

        assertThat(engine.advance(arrival)).isNull();
        assertThat(engine.state()).isEqualTo(SimulatedEngine.State.RESTING);
        run.submit(2, 100, 10);

        IterationCompleted joined = run.next();
        assertThat(joined.startNanos()).isEqualTo(arrival);
        assertThat(joined.restNanos()).isEqualTo(5_000_000);
        assertThat(joined.work().batch()).isEqualTo(2);
    }

    @Test
    void doesNotRestWhileARequestIsInPrefill() {
        engine.pace(PACE, 0);
        run.submit(1, 2000, 10);
        run.nextWhere(iteration -> iteration.tokens().size() > 0);

        assertThat(run.iterations).hasSize(4);
        assertThat(run.iterations).allMatch(iteration -> iteration.restNanos() == 0);
        assertThat(run.next().restNanos()).isPositive();
    }

    @Test
    void doesNotRestWhileARequestWaits() {
        EngineUnderTest full = new EngineUnderTest(new EngineLimits(16, 100, 1, 512, 1000));
        full.engine.pace(PACE, 0);
        full.submit(1, 10, 5);
        full.submit(2, 10, 5);
        full.drain();

        assertThat(full.iterations.subList(0, 6)).allMatch(iteration -> iteration.restNanos() == 0);
        assertThat(full.iterations.subList(6, 10)).allMatch(iteration -> iteration.restNanos() > 0);
    }

    @Test
    void droppingThePaceEndsTheRest() {
        engine.pace(PACE, 0);
        run.submit(1, 100, 10);
        long now = run.next().endNanos() + 1_000_000;
        engine.advance(now);
        engine.pace(0, now);

        assertThat(run.next().startNanos()).isEqualTo(now);
    }

    @Test
    void cancellingTheLastRequestInARestLeavesTheEngineIdle() {
        engine.pace(PACE, 0);
        run.submit(1, 100, 10);
        long now = run.next().endNanos() + 1_000_000;
        engine.advance(now);
        engine.cancel(1, now);

        assertThat(engine.state()).isEqualTo(SimulatedEngine.State.IDLE);
        assertThat(engine.advance(now + PACE)).isNull();
        run.submit(2, 100, 10);
        IterationCompleted next = run.next();
        assertThat(next.startNanos()).isEqualTo(now + PACE);
        assertThat(next.restNanos()).isEqualTo(1_000_000);
        assertThat(next.idleNanos()).isEqualTo(PACE);
    }

    @Test
    void aClockChangeSlowsDownWhatIsLeftOfTheIteration() {
        IterationWork work = IterationWork.decode(1, 101);
        double fast = EngineUnderTest.PHYSICS.iterationNanos(work, 1410);
        double slow = EngineUnderTest.PHYSICS.iterationNanos(work, 705);
        run.submit(1, 100, 10);
        run.next();
        run.startDue();
        long half = engine.timeNanos() + Math.round(fast / 2);
        engine.advance(half);
        engine.requestClock(705, half);

        IterationCompleted changed = run.next();

        assertThat((double) changed.durationNanos()).isCloseTo((fast + slow) / 2, within(2.0));
        assertThat(changed.startClockMhz()).isEqualTo(1410);
        assertThat(changed.clockMhz()).isEqualTo(705);
        assertThat(changed.energy().busyJoules())
                .isCloseTo(
                        1e-9
                                * (fast * EngineUnderTest.PHYSICS.busyWatts(work, 1410)
                                        + slow * EngineUnderTest.PHYSICS.busyWatts(work, 705))
                                / 2,
                        within(1e-6));
    }

    @Test
    void aClockIsTheHighestSupportedOneAtMostAsAsked() {
        engine.requestClock(1000, 0);
        engine.advance(0);
        assertThat(engine.clockMhz()).isEqualTo(990);

        engine.requestClock(1, 0);
        engine.advance(0);
        assertThat(engine.clockMhz()).isEqualTo(210);
    }

    @Test
    void anIdleEngineDrawsIdlePowerAtItsLockedClock() {
        engine.advance(1_000_000_000);
        assertThat(engine.energy().idleJoules()).isCloseTo(75, within(1e-9));

        engine.requestClock(705, 1_000_000_000);
        engine.advance(2_000_000_000);
        assertThat(engine.energy().idleJoules()).isCloseTo(75 + 65, within(1e-9));
        assertThat(engine.gpuCounterMillijoules()).isBetween(133_000L, 140_000L);
        assertThat(engine.gpuWatts()).isEqualTo(65);
    }

    @Test
    void inputsAreRefusedWhileSomethingEarlierIsStillToHappen() {
        run.submit(1, 100, 10);
        run.startDue();
        long late = engine.nextEventNanos() + 1;

        assertThatIllegalStateException()
                .isThrownBy(() -> engine.pace(PACE, late))
                .withMessageContaining("advance first");
        assertThat(engine.paceNanos()).isZero();
        assertThat(engine.advance(late)).isNotNull();
        assertThat(engine.advance(late)).isNull();
        engine.pace(PACE, late);
        assertThat(engine.paceNanos()).isEqualTo(PACE);
    }

    @Test
    void refusesTimeThatGoesBackAndAbsurdPaces() {
        engine.advance(1000);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.advance(999));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.advance(engine.nextEventNanos()))
                .withMessageContaining("never");
        assertThatIllegalArgumentException().isThrownBy(() -> engine.pace(-1, 1000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.pace(SimulatedEngine.LONGEST_PACE_NANOS + 1, 1000));
    }
}
