package dev.lowgear.gateway.access;

import org.springframework.data.repository.Repository;

import java.util.List;
import java.util.Optional;

/** Every tenant, by name. */
interface Tenants extends Repository<Tenant, String> {
    List<Tenant> findAllByOrderByName();

    Optional<Tenant> findById(String name);

    boolean existsById(String name);

    Tenant save(Tenant tenant);

    void deleteById(String name);
}
