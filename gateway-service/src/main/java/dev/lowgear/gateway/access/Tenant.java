package dev.lowgear.gateway.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

import java.time.Instant;
import java.util.List;

/** Somebody who pays for joules. */
@Entity
@Table(name = "tenant")
class Tenant {
    @Id private String name;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "granted_classes")
    private List<String> grantedClasses;

    @Column(name = "created_at")
    private Instant createdAt;

    /** For JPA, which fills the fields. */
    protected Tenant() {
        this("", List.of(), Instant.EPOCH);
    }

    Tenant(String name, List<String> grantedClasses, Instant createdAt) {
        this.name = name;
        this.grantedClasses = List.copyOf(grantedClasses);
        this.createdAt = createdAt;
    }

    String name() {
        return name;
    }

    List<String> grantedClasses() {
        return grantedClasses;
    }

    Instant createdAt() {
        return createdAt;
    }
}
