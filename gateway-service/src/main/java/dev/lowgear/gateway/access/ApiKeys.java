package dev.lowgear.gateway.access;

import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.repository.Repository;

import java.util.List;
import java.util.UUID;

/** Every key that was given out and not revoked. */
interface ApiKeys extends Repository<ApiKey, UUID> {
    @EntityGraph(attributePaths = "tenant")
    List<ApiKey> findAllByOrderByCreatedAt();

    boolean existsByTenantName(String tenant);

    boolean existsById(UUID id);

    ApiKey save(ApiKey key);

    void deleteById(UUID id);
}
