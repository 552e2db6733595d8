package dev.lowgear.gateway.access;

import org.springframework.data.jpa.repository.JpaRepository;

/** Every tenant, by name. */
interface Tenants extends JpaRepository<Tenant, String> {}
