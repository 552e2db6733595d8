package dev.lowgear.agent.gear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.control.Directive;
import dev.lowgear.core.control.Fence;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.lease.FencedDirective;
import dev.lowgear.core.lease.GearLease;
import dev.lowgear.core.lease.NodeBounds;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class GearHolderTest {
    private static final EngineId ENGINE = new EngineId("e");
    private static final long LIFE = 7;
    private static final long LEASE = Duration.ofSeconds(2).toNanos();
    private static final Envelope ENVELOPE = new Envelope(4, 1000, 512, 40_000);

    private final RecordingClock clock = new RecordingClock();
    private final List<Long> paces = new ArrayList<>();
    private final GearHolder holder =
            new GearHolder(
                    "e",
                    GearLease.released(LIFE, new NodeBounds(210, 1410, 100_000, LEASE), 0),
                    clock,
                    (paceMicros, now) -> paces.add(paceMicros));

    @Test
    void setsClockAndPaceForWhatRemainsOfTheLease() {
        holder.on(gear(new Gear(1005, 50_000), 1, millis(100)), "d1", millis(300));
        assertThat(clock.asked).containsExactly("set 1005 for 1800");
        assertThat(paces).containsExactly(50_000L);
        assertThat(holder.gear()).isEqualTo(new Gear(1005, 50_000));
        assertThat(holder.decisionId()).isEqualTo("d1");
    }

    @Test
    void renewsWhatIsLeasedAndLetsItRunOutWhenNobodyDoes() {
        holder.on(gear(Gear.clock(1005), 1, 0), "d1", 0);
        holder.on(renewal(2, millis(500)), "d1", millis(500));
        assertThat(clock.asked).containsExactly("set 1005 for 2000", "renew for 2000");
        holder.tick(millis(2499));
        assertThat(holder.gear()).isEqualTo(Gear.clock(1005));
        holder.tick(millis(2500));
        assertThat(holder.gear()).isEqualTo(Gear.DEFAULT);
        assertThat(holder.decisionId()).isNull();
        assertThat(clock.asked.getLast()).isEqualTo("reset");
        assertThat(holder.counters().expiries()).isEqualTo(1);
    }

    @Test
    void dropsTheGearTheMomentTheLoadLeavesTheEnvelope() {
        holder.on(gear(new Gear(1005, 50_000), 1, 0), "d1", 0);
        assertThat(holder.checkLoad(4, 1000, 512, millis(1))).isFalse();
        assertThat(holder.checkLoad(5, 1000, 512, millis(2))).isTrue();
        assertThat(holder.gear()).isEqualTo(Gear.DEFAULT);
        assertThat(paces).containsExactly(50_000L, 0L);
        assertThat(clock.asked.getLast()).isEqualTo("reset");
    }

    @Test
    void dropsTheGearWhenAnIterationTakesLongerThanItsEnvelope() {
        holder.on(gear(Gear.clock(1005), 1, 0), "d1", 0);
        assertThat(holder.checkIteration(40_000, millis(1))).isFalse();
        assertThat(holder.checkIteration(40_001, millis(2))).isTrue();
        assertThat(holder.gear()).isEqualTo(Gear.DEFAULT);
    }

    @Test
    void obeysNothingThatAnswersAProjectionFromBeforeTheReflex() {
        holder.on(gear(Gear.clock(1005), 1, 0), "d1", 0);
        holder.checkLoad(5, 0, 0, millis(50));
        holder.on(gear(Gear.clock(900), 2, millis(40)), "d2", millis(60));
        assertThat(holder.gear()).isEqualTo(Gear.DEFAULT);
        holder.on(gear(Gear.clock(900), 3, millis(55)), "d3", millis(70));
        assertThat(holder.gear()).isEqualTo(Gear.clock(900));
    }

    @Test
    void tellsWhenTheGuardianCannotKeepTheClockAndGoesOnWithThePace() {
        List<String> lost = new ArrayList<>();
        holder.whenClockLost(() -> lost.add("lost"));
        clock.failing = true;
        holder.on(gear(new Gear(1005, 50_000), 1, 0), "d1", 0);
        assertThat(lost).containsExactly("lost");
        holder.loseClock(millis(1));
        assertThat(holder.gear()).isEqualTo(new Gear(Gear.DEFAULT_CLOCK, 50_000));
    }

    private static FencedDirective gear(Gear gear, long sequence, long stamp) {
        return new FencedDirective(
                new Directive.SetGear(ENGINE, gear, ENVELOPE, "test"),
                new Fence(1, LIFE, sequence),
                stamp,
                LEASE);
    }

    private static FencedDirective renewal(long sequence, long stamp) {
        return new FencedDirective(
                new Directive.Renew(ENGINE, "test"), new Fence(1, LIFE, sequence), stamp, LEASE);
    }

    private static long millis(long millis) {
        return millis * 1_000_000;
    }

    private static final class RecordingClock implements ClockLink {
        final List<String> asked = new ArrayList<>();
        boolean failing;

        @Override
        public CompletableFuture<Integer> set(int clockMhz, Duration lease) {
            return answer("set " + clockMhz + " for " + lease.toMillis(), clockMhz);
        }

        @Override
        public CompletableFuture<Integer> renew(Duration lease) {
            return answer("renew for " + lease.toMillis(), 0);
        }

        @Override
        public CompletableFuture<Void> reset() {
            return answer("reset", 0).thenAccept(clockMhz -> {});
        }

        private CompletableFuture<Integer> answer(String what, int clockMhz) {
            asked.add(what);
            return failing
                    ? CompletableFuture.failedFuture(new IllegalStateException("no guardian"))
                    : CompletableFuture.completedFuture(clockMhz);
        }
    }
}
