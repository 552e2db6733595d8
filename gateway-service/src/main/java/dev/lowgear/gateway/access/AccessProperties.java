package dev.lowgear.gateway.access;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where API keys come from.
 *
 * @param keys keys that need no database
 * @param refresh how often keys are read from the database
 * @param rememberedIn file that remembers the hashes of the database's keys for a start without it
 */
@Validated
@ConfigurationProperties("lowgear.gateway.access")
public record AccessProperties(
        @DefaultValue @Valid List<Key> keys,
        @DefaultValue("5s") Duration refresh,
        @NotNull Path rememberedIn) {
    public AccessProperties {
        keys = List.copyOf(keys);
        if (refresh.isNegative() || refresh.isZero()) {
            throw new IllegalArgumentException(
                    "lowgear.gateway.access.refresh: a positive duration, got " + refresh);
        }
    }

    /**
     * A key that needs no database.
     *
     * @param tenant whose it is; absent for nobody in particular
     * @param sha256 hexadecimal SHA-256 of the key
     * @param role what it may do
     */
    public record Key(
            @Nullable String tenant,
            @NotNull @Pattern(regexp = "[0-9a-f]{64}") String sha256,
            @DefaultValue("user") Role role) {
        KnownKey known() {
            return new KnownKey(sha256, tenant, role, List.of());
        }
    }
}
