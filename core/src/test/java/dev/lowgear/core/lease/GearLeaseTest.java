package dev.lowgear.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.control.Directive;
import dev.lowgear.core.control.Fence;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.lease.LeaseAction.DropPace;
import dev.lowgear.core.lease.LeaseAction.RenewClock;
import dev.lowgear.core.lease.LeaseAction.RenewPace;
import dev.lowgear.core.lease.LeaseAction.ResetClock;
import dev.lowgear.core.lease.LeaseAction.SetClock;
import dev.lowgear.core.lease.LeaseAction.SetPace;

import org.junit.jupiter.api.Test;

class GearLeaseTest {
    private static final EngineId ENGINE = new EngineId("chat-1");
    private static final NodeBounds BOUNDS = new NodeBounds(600, 1410, 20_000, 2_000);
    private static final Envelope SMALL = new Envelope(8, 10_000, 2_048, 50_000);
    private static final long INCARNATION = 7;

    private GearLease lease = GearLease.released(INCARNATION, BOUNDS, 0);

    @Test
    void aGearHoldsForWhatRemainsSinceTheProjectionItAnswers() {
        LeaseStep step = apply(lease.on(set(new Gear(1005, 5_000), 1, 1, 100, 2_000), 600));

        assertThat(step.actions())
                .containsExactly(new SetClock(1005, 1_500), new SetPace(5_000, 1_500));
        assertThat(lease.gear()).isEqualTo(new Gear(1005, 5_000));
        assertThat(lease.envelope()).isEqualTo(SMALL);
    }

    @Test
    void silenceGivesBothBackThePaceFirst() {
        apply(lease.on(set(new Gear(1005, 5_000), 1, 1, 100, 2_000), 600));

        assertThat(apply(lease.at(2_099)).actions()).isEmpty();
        assertThat(apply(lease.at(2_100)).actions())
                .containsExactly(new DropPace(), new ResetClock());
        assertThat(lease.gear()).isEqualTo(Gear.DEFAULT);
        assertThat(lease.envelope()).isEqualTo(Envelope.UNBOUNDED);
    }

    @Test
    void aRenewalExtendsBothHalves() {
        apply(lease.on(set(new Gear(1005, 5_000), 1, 1, 100, 2_000), 600));

        assertThat(apply(lease.on(renew(1, 2, 1_000, 2_000), 1_200)).actions())
                .containsExactly(new RenewClock(1_800), new RenewPace(1_800));
        assertThat(apply(lease.at(2_999)).actions()).isEmpty();
        assertThat(lease.isLeased()).isTrue();
    }

    @Test
    void theSameGearAgainOnlyRenews() {
        apply(lease.on(set(new Gear(1005, 5_000), 1, 1, 100, 2_000), 600));

        assertThat(apply(lease.on(set(new Gear(1005, 5_000), 1, 2, 700, 2_000), 800)).actions())
                .containsExactly(new RenewClock(1_900), new RenewPace(1_900));
    }

    @Test
    void losingOneHalfLeavesTheOtherAndARenewalDoesNotReviveIt() {
        apply(lease.on(set(new Gear(1005, 5_000), 1, 1, 100, 2_000), 600));

        assertThat(apply(lease.loseClock(700)).actions()).containsExactly(new ResetClock());
        assertThat(lease.gear()).isEqualTo(new Gear(Gear.DEFAULT_CLOCK, 5_000));
        assertThat(apply(lease.on(renew(1, 2, 700, 2_000), 800)).actions())
                .containsExactly(new RenewPace(1_900));

        assertThat(apply(lease.losePace(900)).actions()).containsExactly(new DropPace());
        assertThat(refusal(lease.on(renew(1, 3, 850, 2_000), 950)))
                .isEqualTo(Refusal.NOTHING_TO_RENEW);
    }

    @Test
    void aFasterPaceComesBeforeALowerClockAndAHigherClockBeforeASlowerPace() {
        apply(lease.on(set(new Gear(1005, 5_000), 1, 1, 0, 2_000), 100));

        assertThat(apply(lease.on(set(new Gear(900, 1_000), 1, 2, 100, 2_000), 100)).actions())
                .containsExactly(new SetPace(1_000, 2_000), new SetClock(900, 2_000));
        assertThat(apply(lease.on(set(new Gear(1200, 9_000), 1, 3, 100, 2_000), 100)).actions())
                .containsExactly(new SetClock(1200, 2_000), new SetPace(9_000, 2_000));
    }

    @Test
    void aGearOfDefaultValuesGivesBack() {
        apply(lease.on(set(new Gear(1005, 5_000), 1, 1, 0, 2_000), 100));

        assertThat(apply(lease.on(set(Gear.clock(1005), 1, 2, 50, 2_000), 100)).actions())
                .containsExactly(new DropPace(), new RenewClock(1_950));
        assertThat(apply(lease.on(set(Gear.DEFAULT, 1, 3, 100, 2_000), 150)).actions())
                .containsExactly(new ResetClock());
    }

    @Test
    void noMessageWidensTheNodesBounds() {
        LeaseStep step = apply(lease.on(set(new Gear(210, 90_000), 1, 1, 0, 3_600_000), 500));

        assertThat(step.actions())
                .containsExactly(new SetClock(600, 1_500), new SetPace(20_000, 1_500));
    }

    @Test
    void aReflexRefusesWhatIsAlreadyOnItsWay() {
        apply(lease.on(set(new Gear(1005, 5_000), 1, 1, 100, 2_000), 600));

        assertThat(apply(lease.drop(700)).actions())
                .containsExactly(new DropPace(), new ResetClock());
        assertThat(refusal(lease.on(set(Gear.clock(1005), 1, 2, 699, 2_000), 710)))
                .isEqualTo(Refusal.BEFORE_LAST_DROP);
        assertThat(refusal(lease.on(set(Gear.clock(1005), 2, 0, 699, 2_000), 710)))
                .as("not even by a newer owner")
                .isEqualTo(Refusal.BEFORE_LAST_DROP);
        apply(lease.on(set(Gear.clock(1200), 1, 3, 700, 2_000), 720));
        assertThat(lease.gear()).isEqualTo(Gear.clock(1200));
    }

    @Test
    void aReleaseOutlastsTheGearThatAnsweredTheSameProjection() {
        FencedDirective gear = set(Gear.clock(1005), 1, 1, 100, 2_000);
        apply(lease.on(gear, 600));

        assertThat(apply(lease.on(release(1, 1, 100), 610)).actions())
                .containsExactly(new ResetClock());
        assertThat(refusal(lease.on(gear, 620))).isEqualTo(Refusal.BEFORE_LAST_DROP);
    }

    @Test
    void aReleaseIsNeverTooLate() {
        apply(lease.on(set(Gear.clock(1005), 1, 1, 9_000, 2_000), 9_000));

        assertThat(apply(lease.on(release(2, 0, 100), 9_500)).actions())
                .containsExactly(new ResetClock());
    }

    @Test
    void refusesWhatTheFenceForbids() {
        apply(lease.on(set(Gear.clock(1005), 5, 10, 100, 2_000), 600));

        assertThat(refusal(lease.on(set(Gear.clock(900), 4, 11, 500, 2_000), 610)))
                .isEqualTo(Refusal.LOWER_EPOCH);
        assertThat(refusal(lease.on(set(Gear.clock(900), 5, 9, 500, 2_000), 610)))
                .isEqualTo(Refusal.OLDER_PROJECTION);
        FencedDirective foreign =
                new FencedDirective(
                        new Directive.Renew(ENGINE, "steady"), new Fence(6, 8, 11), 500, 2_000);
        assertThat(refusal(lease.on(foreign, 610))).isEqualTo(Refusal.FOREIGN_INCARNATION);
        assertThat(lease.gear()).isEqualTo(Gear.clock(1005));
    }

    @Test
    void refusesAStampThatItsClockHasNotReachedAndALeaseWithNothingLeft() {
        assertThat(refusal(lease.on(set(Gear.clock(900), 1, 1, 601, 2_000), 600)))
                .isEqualTo(Refusal.STAMP_NOT_REACHED);
        assertThat(refusal(lease.on(set(Gear.clock(900), 1, 1, 100, 500), 600)))
                .isEqualTo(Refusal.TOO_LATE);
    }

    @Test
    void aRefusalStillGivesBackWhatHasExpired() {
        apply(lease.on(set(Gear.clock(1005), 5, 10, 100, 2_000), 600));

        LeaseStep step = apply(lease.on(set(Gear.clock(900), 4, 11, 2_000, 2_000), 2_500));

        assertThat(step).isInstanceOf(LeaseStep.Refused.class);
        assertThat(step.actions()).containsExactly(new ResetClock());
    }

    @Test
    void aRestartedEngineForgetsTheGearButNotTheEpoch() {
        apply(lease.on(set(Gear.clock(1005), 5, 10, 100, 2_000), 600));

        assertThat(apply(lease.restarted(8, 700)).actions()).containsExactly(new ResetClock());
        FencedDirective zombie =
                new FencedDirective(
                        new Directive.SetGear(ENGINE, Gear.clock(900), SMALL, "saves energy"),
                        new Fence(4, 8, 0),
                        700,
                        2_000);
        assertThat(refusal(lease.on(zombie, 710))).isEqualTo(Refusal.LOWER_EPOCH);
    }

    private LeaseStep apply(LeaseStep step) {
        lease = step.lease();
        return step;
    }

    private static Refusal refusal(LeaseStep step) {
        assertThat(step).isInstanceOf(LeaseStep.Refused.class);
        return ((LeaseStep.Refused) step).refusal();
    }

    private static FencedDirective set(
            Gear gear, long epoch, long sequence, long stamp, long leaseNanos) {
        return new FencedDirective(
                new Directive.SetGear(ENGINE, gear, SMALL, "saves energy"),
                new Fence(epoch, INCARNATION, sequence),
                stamp,
                leaseNanos);
    }

    private static FencedDirective renew(long epoch, long sequence, long stamp, long leaseNanos) {
        return new FencedDirective(
                new Directive.Renew(ENGINE, "steady"),
                new Fence(epoch, INCARNATION, sequence),
                stamp,
                leaseNanos);
    }

    private static FencedDirective release(long epoch, long sequence, long stamp) {
        return new FencedDirective(
                new Directive.Release(ENGINE, "policy off"),
                new Fence(epoch, INCARNATION, sequence),
                stamp,
                0);
    }
}
