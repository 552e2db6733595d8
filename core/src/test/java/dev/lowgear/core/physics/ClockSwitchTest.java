package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;

import java.util.SplittableRandom;

class ClockSwitchTest {
    @Seeds
    void aClockTakesEffectLateAndTheNewestRequestWins(SplittableRandom random) {
        SimulatedEngine engine = new SimulatedEngine(EngineUnderTest.PHYSICS, random, 0);
        engine.requestClock(705, 0);
        long first = engine.nextEventNanos();
        assertThat(first).isBetween(1_000_000L, 300_000_000L);
        assertThat(engine.clockMhz()).isEqualTo(1410);

        engine.requestClock(900, 500_000);
        engine.advance(301_000_000);

        assertThat(engine.clockMhz()).isEqualTo(900);
        assertThat(engine.nextEventNanos()).isEqualTo(SimulatedEngine.NEVER);
    }

    @Seeds(count = 10)
    void askingAgainDoesNotDelayAChangeUnderWay(SplittableRandom random) {
        SimulatedEngine engine = new SimulatedEngine(EngineUnderTest.PHYSICS, random, 0);
        engine.requestClock(705, 0);
        long due = engine.nextEventNanos();

        engine.requestClock(705, 500_000);

        assertThat(engine.nextEventNanos()).isEqualTo(due);
    }
}
