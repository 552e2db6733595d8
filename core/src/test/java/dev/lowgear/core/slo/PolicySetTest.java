package dev.lowgear.core.slo;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class PolicySetTest {
    static SloPolicy policy(String name, PolicyMatch match) {
        return policy(name, match, EnergyMode.ENERGY, ClockBounds.ANY, Margins.STANDARD);
    }

    static SloPolicy policy(
            String name, PolicyMatch match, EnergyMode mode, ClockBounds clocks, Margins margins) {
        return new SloPolicy(
                name,
                match,
                SloTargets.STANDARD,
                0.99,
                0,
                false,
                false,
                mode,
                clocks,
                Duration.ofMillis(200),
                margins);
    }

    private static PolicyMatch match(
            @Nullable String model, @Nullable String tenant, @Nullable String sloClass) {
        return new PolicyMatch(model, tenant, sloClass);
    }

    private static PolicySet set(SloPolicy... policies) {
        PolicySet set = PolicySet.BUILT_IN;
        for (SloPolicy policy : policies) {
            set = set.with(new PolicyRevision(policy, 1));
        }
        return set;
    }

    private static String resolved(
            PolicySet set, @Nullable String tenant, @Nullable String sloClass) {
        return set.resolve("llama", tenant, sloClass).policy().name();
    }

    @Test
    void mostSpecificPolicyWins() {
        PolicySet set =
                set(
                        policy("of-model", match("llama", null, null)),
                        policy("of-tenant", match(null, "acme", null)),
                        policy("of-class", match(null, null, "batch")),
                        policy("of-both", match("llama", "acme", null)));
        assertThat(resolved(set, null, null)).isEqualTo("of-model");
        assertThat(resolved(set, "acme", null)).isEqualTo("of-both");
        assertThat(resolved(set, "other", "batch")).isEqualTo("of-class");
        assertThat(resolved(set, "acme", "batch")).isEqualTo("of-both");
    }

    @Test
    void nameDecidesBetweenEquallySpecificOnes() {
        PolicySet set =
                set(
                        policy("b", match("llama", null, null)),
                        policy("a", match("llama", null, null)));
        assertThat(resolved(set, null, null)).isEqualTo("a");
    }

    @Test
    void standardPolicyIsAlwaysThere() {
        assertThat(resolved(PolicySet.BUILT_IN, "anyone", "anything")).isEqualTo("standard");
        assertThat(set().without("standard").named("standard")).contains(PolicyRevision.BUILT_IN);
    }

    @Test
    void olderRevisionNeverReplacesANewerOne() {
        var older = new PolicyRevision(policy("p", match("a", null, null)), 1);
        var newer = new PolicyRevision(policy("p", match("b", null, null)), 2);
        assertThat(PolicySet.BUILT_IN.with(newer).with(older).named("p")).contains(newer);
        assertThat(PolicySet.BUILT_IN.with(older).with(newer).named("p")).contains(newer);
    }

    @Test
    void withdrawnPolicyMatchesNothing() {
        PolicySet set = set(policy("of-model", match("llama", null, null))).without("of-model");
        assertThat(resolved(set, null, null)).isEqualTo("standard");
        assertThat(set).isEqualTo(PolicySet.BUILT_IN);
    }

    @Test
    void jointPolicyIsTheStrictestOfEach() {
        var careful =
                policy(
                        "careful",
                        PolicyMatch.ANY,
                        EnergyMode.ENERGY,
                        new ClockBounds(900, 1300),
                        new Margins(1.2, 3));
        var capped =
                policy(
                        "capped",
                        PolicyMatch.ANY,
                        EnergyMode.CARBON,
                        new ClockBounds(0, 1200),
                        new Margins(1.6, 2));
        var joint =
                JointPolicy.of(
                        List.of(new PolicyRevision(careful, 1), new PolicyRevision(capped, 1)));
        assertThat(joint)
                .isEqualTo(
                        new JointPolicy(
                                false,
                                new ClockBounds(900, 1200),
                                Duration.ofMillis(200),
                                new Margins(1.6, 3)));
        var off = policy("off", PolicyMatch.ANY, EnergyMode.OFF, ClockBounds.ANY, Margins.STANDARD);
        assertThat(
                        JointPolicy.of(
                                        List.of(
                                                new PolicyRevision(careful, 1),
                                                new PolicyRevision(off, 1)))
                                .holdsMaximumClock())
                .isTrue();
    }

    @Test
    void policyWithOtherTargetsIsTheSameOtherwise() {
        var gold =
                new SloPolicy(
                        "gold",
                        new PolicyMatch("llama", null, "gold"),
                        SloTargets.STANDARD,
                        .95,
                        3,
                        true,
                        false,
                        EnergyMode.COST,
                        new ClockBounds(900, 1_300),
                        Duration.ofMillis(200),
                        new Margins(1.2, 3));
        assertThat(gold.withTargets(SloTargets.NONE))
                .usingRecursiveComparison()
                .ignoringFields("targets")
                .isEqualTo(gold);
        assertThat(gold.withTargets(SloTargets.NONE).targets()).isEqualTo(SloTargets.NONE);
    }
}
