package dev.lowgear.core.slo;

import org.jspecify.annotations.Nullable;

/**
 * Which requests a policy is for. An absent field matches anything; the more fields a matching
 * policy names, the more specific it is, and the most specific one wins (class over tenant over
 * model on equal count, then the name).
 *
 * @param model served model name, exact
 * @param tenant tenant name, exact
 * @param sloClass class asked for by the request, exact
 */
public record PolicyMatch(
        @Nullable String model, @Nullable String tenant, @Nullable String sloClass) {
    /** Matches every request. */
    public static final PolicyMatch ANY = new PolicyMatch(null, null, null);

    private static final int LONGEST_NAME = 256;

    public PolicyMatch {
        requireName("model", model);
        requireName("tenant", tenant);
        requireName("sloClass", sloClass);
    }

    private static void requireName(String field, @Nullable String name) {
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            throw new IllegalArgumentException(
                    field + ": absent, or 1 to 256 characters, not only blanks");
        }
    }

    /** Whether a request of this model, tenant and class is matched. */
    public boolean matches(
            String requestModel, @Nullable String requestTenant, @Nullable String requestClass) {
        return (model == null || model.equals(requestModel))
                && (tenant == null || tenant.equals(requestTenant))
                && (sloClass == null || sloClass.equals(requestClass));
    }

    /** Orders matches: higher is more specific. */
    public int specificity() {
        int count = (model == null ? 0 : 1) + (tenant == null ? 0 : 1) + (sloClass == null ? 0 : 1);
        return count * 8
                + (sloClass == null ? 0 : 4)
                + (tenant == null ? 0 : 2)
                + (model == null ? 0 : 1);
    }
}
