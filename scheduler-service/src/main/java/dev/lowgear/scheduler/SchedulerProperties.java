package dev.lowgear.scheduler;

import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.gear.GearPolicies;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.performance.TrustGate;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How this scheduler decides.
 *
 * @param gearPolicy {@code lowgear}, {@code lowgear-clock-only}, {@code throttllem}, {@code
 *     maximum-clock} or {@code fixed-clock:<MHz>}
 * @param seed shuffles the order in which clocks are explored
 * @param lease how long a gear holds without renewal; renewals go out every quarter of it
 * @param rhythm least time before a clock is lowered again
 * @param deadband share of the clock below which lowering it is not worth a switch
 * @param explorationStep least time that one clock is explored
 * @param maximumMape largest held-out error of a table that may steer
 * @param minimumSupport iterations that must have been seen near an operating point
 * @param tickEvery how often the loop looks after itself when nothing happens
 * @param saveEvery how often slow state is left for a successor
 * @param outboxEvery how often changed policies are looked for and announced
 * @param schemaEvery how often migrating the database is tried while it is away
 * @param engines most engines with an observation waiting; more are dropped and counted
 * @param decisionsKept decisions kept in memory for the admin API
 */
@Validated
@ConfigurationProperties("lowgear.scheduler")
public record SchedulerProperties(
        @DefaultValue("lowgear") String gearPolicy,
        @DefaultValue("1") long seed,
        @DefaultValue("2s") Duration lease,
        @DefaultValue("100ms") Duration rhythm,
        @DefaultValue("0.05") double deadband,
        @DefaultValue("2s") Duration explorationStep,
        @DefaultValue("0.08") double maximumMape,
        @DefaultValue("20") int minimumSupport,
        @DefaultValue("100ms") Duration tickEvery,
        @DefaultValue("15s") Duration saveEvery,
        @DefaultValue("250ms") Duration outboxEvery,
        @DefaultValue("2s") Duration schemaEvery,
        @DefaultValue("20000") @Min(1) @Max(1_000_000) int engines,
        @DefaultValue("2000") @Min(1) @Max(100_000) int decisionsKept) {

    /** Refuses what no scheduler can run with, naming the key. */
    public SchedulerProperties {
        refuse("gear-policy", () -> GearPolicies.parse(gearPolicy));
        refuse(
                "maximum-mape and minimum-support",
                () -> new TrustGate(maximumMape, minimumSupport));
        refuse(
                "lease, rhythm, deadband and exploration-step",
                () -> new ControlTiming(lease, rhythm, deadband, explorationStep));
        if (lease.toMillis() < 200 || lease.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "lowgear.scheduler.lease: 200ms to 1m, got " + lease);
        }
        if (tickEvery.toMillis() < 1 || saveEvery.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "lowgear.scheduler.tick-every and save-every: at least 1ms");
        }
    }

    private static void refuse(String key, Runnable construction) {
        try {
            construction.run();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "lowgear.scheduler." + key + ": " + e.getMessage(), e);
        }
    }

    /** The configured policy. */
    public GearPolicy policy() {
        return GearPolicies.parse(gearPolicy);
    }

    /** The rhythm of control. */
    public ControlTiming timing() {
        return new ControlTiming(lease, rhythm, deadband, explorationStep);
    }

    /** What a table must show before it may steer. */
    public TrustGate gate() {
        return new TrustGate(maximumMape, minimumSupport);
    }
}
