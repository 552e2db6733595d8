package dev.lowgear.gateway.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A key that was given out: its hash, never itself. */
@Entity
@Table(name = "api_key")
class ApiKey {
    @Id private UUID id;

    @ManyToOne
    @JoinColumn(name = "tenant")
    private @Nullable Tenant tenant;

    private String label;

    private String sha256;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(name = "created_at")
    private Instant createdAt;

    /** For JPA, which fills the fields. */
    protected ApiKey() {
        this(null, "", "", Role.USER, Instant.EPOCH);
    }

    ApiKey(@Nullable Tenant tenant, String label, String sha256, Role role, Instant createdAt) {
        id = UUID.randomUUID();
        this.tenant = tenant;
        this.label = label;
        this.sha256 = sha256;
        this.role = role;
        this.createdAt = createdAt;
    }

    UUID id() {
        return id;
    }

    @Nullable String tenantName() {
        return tenant == null ? null : tenant.name();
    }

    String label() {
        return label;
    }

    Role role() {
        return role;
    }

    Instant createdAt() {
        return createdAt;
    }

    KnownKey known() {
        return new KnownKey(
                sha256, tenantName(), role, tenant == null ? List.of() : tenant.grantedClasses());
    }
}
