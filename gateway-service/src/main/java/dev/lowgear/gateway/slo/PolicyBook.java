package dev.lowgear.gateway.slo;

import dev.lowgear.core.slo.PolicyMatch;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * All SLO policies at one moment; immutable. Until the first policy is read it knows {@code
 * standard} only, and takes a class it does not know for that.
 *
 * <p>First match wins: the class that the request names, its own targets, its service tier, then
 * the most specific policy for its tenant and model, then {@code standard}.
 */
public final class PolicyBook {
    /** What is known before anything was read. */
    public static final PolicyBook EMPTY = new PolicyBook(Map.of());

    private static final Entry STANDARD = new Entry(SloPolicy.STANDARD, 0);

    private final Map<String, Entry> byName;

    private record Entry(SloPolicy policy, long revision) {}

    private PolicyBook(Map<String, Entry> byName) {
        this.byName = byName;
    }

    /** This book with one policy added or replaced; an older revision changes nothing. */
    public PolicyBook with(SloPolicy policy, long revision) {
        Entry known = byName.get(policy.name());
        if (known != null && known.revision > revision) {
            return this;
        }
        Map<String, Entry> changed = new TreeMap<>(byName);
        changed.put(policy.name(), new Entry(policy, revision));
        return new PolicyBook(Collections.unmodifiableMap(changed));
    }

    /** This book without a policy. */
    public PolicyBook without(String name) {
        Map<String, Entry> changed = new TreeMap<>(byName);
        changed.remove(name);
        return new PolicyBook(Collections.unmodifiableMap(changed));
    }

    /** How many policies were read. */
    public int size() {
        return byName.size();
    }

    /**
     * What a request is promised.
     *
     * @throws OpenAiException if it names a class that no policy is for
     */
    public SloTerms resolve(String model, @Nullable String tenant, RequestedSlo requested) {
        return switch (requested) {
            case RequestedSlo.NamedClass named -> terms(named(model, tenant, named.name()), null);
            case RequestedSlo.OwnTargets own -> terms(best(model, tenant), own.targets());
            case RequestedSlo.Tier tier -> {
                Entry forTier = mostSpecific(model, tenant, tier.name());
                yield terms(forTier == null ? best(model, tenant) : forTier, null);
            }
            case RequestedSlo.Nothing _ -> terms(best(model, tenant), null);
        };
    }

    private static SloTerms terms(Entry entry, @Nullable SloTargets own) {
        return new SloTerms(
                entry.policy, entry.revision, own == null ? entry.policy.targets() : own);
    }

    private Entry named(String model, @Nullable String tenant, String name) {
        Entry byClass = mostSpecific(model, tenant, name);
        if (byClass != null) {
            return byClass;
        }
        Entry byPolicyName = byName.get(name);
        if (byPolicyName != null && mayName(byPolicyName.policy.match(), model, tenant)) {
            return byPolicyName;
        }
        if (byName.isEmpty() || name.equals(STANDARD.policy.name())) {
            return best(model, tenant);
        }
        throw new OpenAiException(
                OpenAiError.invalid(
                        "No SLO policy is for class '" + name + "'", RequestedSlo.CLASS_HEADER));
    }

    /** A policy named by its own name is for the class it matches, whatever that is. */
    private static boolean mayName(PolicyMatch match, String model, @Nullable String tenant) {
        return match.matches(model, tenant, match.sloClass());
    }

    private Entry best(String model, @Nullable String tenant) {
        Entry best = mostSpecific(model, tenant, null);
        if (best != null && !best.policy.match().equals(PolicyMatch.ANY)) {
            return best;
        }
        Entry standard = byName.get(STANDARD.policy.name());
        if (standard != null) {
            return standard;
        }
        return best == null ? STANDARD : best;
    }

    /** The most specific policy of exactly this class, or of none; null if there is none. */
    private @Nullable Entry mostSpecific(
            String model, @Nullable String tenant, @Nullable String sloClass) {
        Entry best = null;
        for (Entry entry : byName.values()) { // by name: the first of equals stays
            PolicyMatch match = entry.policy.match();
            if (Objects.equals(match.sloClass(), sloClass)
                    && match.matches(model, tenant, sloClass)
                    && (best == null || match.specificity() > best.policy.match().specificity())) {
                best = entry;
            }
        }
        return best;
    }
}
