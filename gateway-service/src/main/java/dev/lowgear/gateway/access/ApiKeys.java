package dev.lowgear.gateway.access;

import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

import java.util.List;
import java.util.UUID;

/** Every key that was given out and not revoked. */
interface ApiKeys extends JpaRepository<ApiKey, UUID> {
    @EntityGraph(attributePaths = "tenant")
    List<ApiKey> findAllByOrderByCreatedAt();

    boolean existsByTenantName(String tenant);
}
