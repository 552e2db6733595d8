package dev.lowgear.core.lease;

import dev.lowgear.core.control.Directive;
import dev.lowgear.core.control.Fence;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.Envelope;
import dev.lowgear.core.gear.Gear;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Two schedulers, one of them perhaps a zombie, that answer an agent's projections through a
 * network which delays, loses, duplicates and reorders.
 */
final class LossyDirectives {
    static final long LEASE_NANOS = 2_000_000_000L;

    private static final EngineId ENGINE = new EngineId("chat-1");

    private final SplittableRandom random;
    private final List<FencedDirective> underway = new ArrayList<>();
    private final List<FencedDirective> sent = new ArrayList<>();
    private long sequence;
    private long newestEpoch = 1;

    LossyDirectives(SplittableRandom random) {
        this.random = random;
    }

    /** The agent publishes a projection, which one of the owners answers, or none. */
    void answerProjection(long incarnation, long stampNanos) {
        sequence++;
        if (random.nextInt(50) == 0) {
            newestEpoch += random.nextInt(1, 100);
        }
        long epoch = random.nextInt(4) == 0 ? random.nextLong(newestEpoch + 1) : newestEpoch;
        FencedDirective directive =
                new FencedDirective(
                        directive(),
                        new Fence(epoch, incarnation, sequence),
                        stampNanos,
                        random.nextLong(LEASE_NANOS * 3 / 2));
        sent.add(directive);
        if (random.nextInt(5) > 0) {
            underway.add(directive);
        }
    }

    private Directive directive() {
        return switch (random.nextInt(8)) {
            case 0 -> new Directive.Release(ENGINE, "policy off");
            case 1, 2, 3 -> new Directive.Renew(ENGINE, "steady");
            case 4 -> new Directive.SetGear(ENGINE, Gear.DEFAULT, Envelope.UNBOUNDED, "busy");
            default ->
                    new Directive.SetGear(
                            ENGINE,
                            new Gear(random.nextInt(100, 2_000), random.nextLong(3) * 20_000),
                            new Envelope(8, 10_000, 2_048, 50_000),
                            "saves energy");
        };
    }

    boolean isAnyUnderway() {
        return !underway.isEmpty();
    }

    /** Any message that is under way; it may come again. */
    FencedDirective deliver() {
        int which = random.nextInt(underway.size());
        return random.nextInt(6) == 0 ? underway.get(which) : underway.remove(which);
    }

    /** Whether some directive ever sent to this incarnation allows a gear at this time. */
    boolean isAllowedBySomeDirective(long incarnation, long nowNanos) {
        return sent.stream()
                .filter(directive -> directive.fence().engineIncarnation() == incarnation)
                .filter(directive -> !(directive.directive() instanceof Directive.Release))
                .anyMatch(directive ->
                        nowNanos - directive.echoedStampNanos()
                                < Math.min(directive.leaseNanos(), LEASE_NANOS));
    }
}
