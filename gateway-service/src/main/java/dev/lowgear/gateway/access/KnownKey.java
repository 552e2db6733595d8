package dev.lowgear.gateway.access;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * A key as it is remembered on disk: no secret in it.
 *
 * @param sha256 hexadecimal
 */
record KnownKey(String sha256, @Nullable String tenant, Role role, List<String> grantedClasses) {
    Caller caller() {
        return new Caller(tenant, role, Set.copyOf(grantedClasses));
    }
}
