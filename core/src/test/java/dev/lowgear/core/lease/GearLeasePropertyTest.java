package dev.lowgear.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.control.Directive;
import dev.lowgear.core.gear.Gear;

import java.util.SplittableRandom;

/** What holds however messages are delayed, lost, duplicated and reordered. */
class GearLeasePropertyTest {
    private static final NodeBounds BOUNDS =
            new NodeBounds(600, 1410, 30_000, LossyDirectives.LEASE_NANOS);

    /** A GPU and an engine that do as told and know nothing of leases but their countdown. */
    private static final class Node {
        long clock;
        long clockUntil;
        long pace;
        long paceUntil;

        void perform(LeaseStep step, long now) {
            for (LeaseAction action : step.actions()) {
                switch (action) {
                    case LeaseAction.SetClock set -> {
                        clock = set.clockMhz();
                        clockUntil = now + set.remainingNanos();
                    }
                    case LeaseAction.RenewClock renew -> clockUntil = now + renew.remainingNanos();
                    case LeaseAction.ResetClock reset -> clock = 0;
                    case LeaseAction.SetPace set -> {
                        pace = set.paceMicros();
                        paceUntil = now + set.remainingNanos();
                    }
                    case LeaseAction.RenewPace renew -> paceUntil = now + renew.remainingNanos();
                    case LeaseAction.DropPace drop -> pace = 0;
                }
            }
        }

        boolean isSlow(long now) {
            return (clock != 0 && now - clockUntil < 0) || (pace != 0 && now - paceUntil < 0);
        }
    }

    @Seeds(count = 300)
    void theGearNeverOutlivesNorEscapesItsDirectives(SplittableRandom random) {
        long now = random.nextLong();
        long incarnation = 1;
        long lastDrop = now;
        GearLease lease = GearLease.released(incarnation, BOUNDS, now);
        LossyDirectives network = new LossyDirectives(random);
        Node node = new Node();
        int slowMoments = 0;

        for (int event = 0; event < 400; event++) {
            now += random.nextLong(300_000_000);
            LeaseStep step;
            switch (random.nextInt(20)) {
                case 0 -> {
                    step = lease.drop(now);
                    lastDrop = now;
                    assertThat(step.lease().gear()).isEqualTo(Gear.DEFAULT);
                }
                case 1 -> {
                    step = lease.restarted(++incarnation, now);
                    lastDrop = now;
                    assertThat(step.lease().gear()).isEqualTo(Gear.DEFAULT);
                }
                case 2 -> step = lossOfOneHalf(lease, random, now);
                case 3, 4, 5, 6 -> step = lease.at(now);
                case 7, 8, 9, 10, 11 -> {
                    network.answerProjection(incarnation, now);
                    step = lease.at(now);
                }
                default -> {
                    if (!network.isAnyUnderway()) {
                        continue;
                    }
                    FencedDirective directive = network.deliver();
                    step = lease.on(directive, now);
                    if (step instanceof LeaseStep.Obeyed) {
                        assertObeyable(directive, lease, incarnation, lastDrop);
                    } else {
                        assertThat(step.lease().last()).isEqualTo(lease.last());
                        assertThat(step.lease()).isEqualTo(lease.at(now).lease());
                    }
                }
            }
            node.perform(step, now);
            lease = step.lease();

            assertThat(new Gear((int) node.clock, node.pace)).isEqualTo(lease.gear());
            assertThat(lease.at(now).actions()).as("nothing left to expire").isEmpty();
            if (node.isSlow(now)) {
                slowMoments++;
                assertThat(network.isAllowedBySomeDirective(incarnation, now)).isTrue();
                assertThat(BOUNDS.clamp(lease.gear())).isEqualTo(lease.gear());
            } else {
                assertThat(lease.isLeased()).isFalse();
            }
        }
        now += LossyDirectives.LEASE_NANOS;
        node.perform(lease.at(now), now);
        assertThat(new Gear((int) node.clock, node.pace)).isEqualTo(Gear.DEFAULT);
        assertThat(slowMoments).as("the scenario slows the engine at all").isPositive();
    }

    private static LeaseStep lossOfOneHalf(GearLease lease, SplittableRandom random, long now) {
        GearLease before = lease.at(now).lease();
        if (random.nextBoolean()) {
            LeaseStep step = lease.loseClock(now);
            assertThat(step.lease().pace()).isEqualTo(before.pace());
            return step;
        }
        LeaseStep step = lease.losePace(now);
        assertThat(step.lease().clock()).isEqualTo(before.clock());
        return step;
    }

    private static void assertObeyable(
            FencedDirective directive, GearLease before, long incarnation, long lastDrop) {
        assertThat(directive.fence().engineIncarnation()).isEqualTo(incarnation);
        assertThat(directive.fence().schedulerEpoch())
                .isGreaterThanOrEqualTo(before.last().schedulerEpoch());
        assertThat(directive.echoedStampNanos() - lastDrop).isNotNegative();
        if (directive.directive() instanceof Directive.Renew) {
            assertThat(before.isLeased()).isTrue();
        }
    }
}
