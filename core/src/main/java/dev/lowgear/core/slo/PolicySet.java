package dev.lowgear.core.slo;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every SLO policy there is. Immutable; there is always one named {@code standard}, which matches
 * what no other one does.
 */
public final class PolicySet {
    /** Only the built-in standard policy. */
    public static final PolicySet BUILT_IN = new PolicySet(new TreeMap<>());

    private static final Comparator<PolicyRevision> MOST_SPECIFIC_FIRST =
            Comparator.<PolicyRevision>comparingInt(of -> of.policy().match().specificity())
                    .reversed()
                    .thenComparing(of -> of.policy().name());

    private final SortedMap<String, PolicyRevision> byName;

    private PolicySet(SortedMap<String, PolicyRevision> byName) {
        byName.putIfAbsent(SloPolicy.STANDARD.name(), PolicyRevision.BUILT_IN);
        this.byName = byName;
    }

    /**
     * This set with one policy added or replaced. A revision older than the one here is ignored, so
     * that a stream of changes may be replayed.
     */
    public PolicySet with(PolicyRevision changed) {
        PolicyRevision known = byName.get(changed.policy().name());
        if (known != null && known.revision() > changed.revision()) {
            return this;
        }
        SortedMap<String, PolicyRevision> copy = new TreeMap<>(byName);
        copy.put(changed.policy().name(), changed);
        return new PolicySet(copy);
    }

    /** This set with one policy withdrawn; the standard one goes back to what is built in. */
    public PolicySet without(String name) {
        SortedMap<String, PolicyRevision> copy = new TreeMap<>(byName);
        copy.remove(name);
        return new PolicySet(copy);
    }

    /** The policy of that name. */
    public Optional<PolicyRevision> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The policy of a request: the most specific one that matches it. */
    public PolicyRevision resolve(
            String model, @Nullable String tenant, @Nullable String sloClass) {
        return byName.values().stream()
                .filter(of -> of.policy().match().matches(model, tenant, sloClass))
                .min(MOST_SPECIFIC_FIRST)
                .orElseGet(() -> standard());
    }

    /** All of them, by name. */
    public List<PolicyRevision> all() {
        return List.copyOf(byName.values());
    }

    private PolicyRevision standard() {
        return byName.getOrDefault(SloPolicy.STANDARD.name(), PolicyRevision.BUILT_IN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicySet set && byName.equals(set.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return byName.keySet().toString();
    }
}
