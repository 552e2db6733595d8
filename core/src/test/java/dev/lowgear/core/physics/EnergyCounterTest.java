package dev.lowgear.core.physics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;

import java.util.SplittableRandom;

class EnergyCounterTest {
    private static final long MILLISECOND = 1_000_000;

    @Seeds
    void showsWhatWasDrawnUpToItsLastRefreshWithinAHundredMilliseconds(SplittableRandom random) {
        EnergyCounter counter = new EnergyCounter(random.split(), 0);
        double trueMillijoules = 0;
        long now = 0;
        long shown = 0;
        long lastRefresh = 0;
        for (int i = 0; i < 500; i++) {
            long next = now + random.nextLong(1, 40 * MILLISECOND);
            double watts = random.nextDouble(50, 400);
            counter.flow(now, next, watts);
            trueMillijoules += watts * (next - now) * 1e-6;
            now = next;

            assertThat(counter.millijoules()).isBetween(shown, (long) trueMillijoules);
            assertThat(trueMillijoules - counter.millijoules()).isLessThanOrEqualTo(400 * 100 + 1);
            if (counter.millijoules() != shown) {
                shown = counter.millijoules();
                lastRefresh = now;
            }
            // A refresh can have come up to one step before this test saw it.
            assertThat(now - lastRefresh).isLessThanOrEqualTo(140 * MILLISECOND);
        }
    }

    @Seeds(count = 20)
    void keepsItsValueBetweenRefreshes(SplittableRandom random) {
        EnergyCounter counter = new EnergyCounter(random, 0);
        int refreshes = 0;
        long shown = 0;
        for (long now = 0; now < 1000 * MILLISECOND; now += MILLISECOND) {
            counter.flow(now, now + MILLISECOND, 100);
            if (counter.millijoules() != shown) {
                refreshes++;
                shown = counter.millijoules();
            }
        }
        assertThat(refreshes).isBetween(10, 50);
        assertThat(counter.watts()).isEqualTo(100);
    }
}
