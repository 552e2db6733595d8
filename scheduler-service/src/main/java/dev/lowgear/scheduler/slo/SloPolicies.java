package dev.lowgear.scheduler.slo;

import jakarta.persistence.LockModeType;

import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

import java.util.List;
import java.util.Optional;

/** Policies as they are now. */
interface SloPolicies extends Repository<StoredPolicy, String> {
    List<StoredPolicy> findAllByOrderByName();

    Optional<StoredPolicy> findByName(String name);

    /** The policy, for a change: nobody else changes it until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select policy from StoredPolicy policy where policy.name = :name")
    Optional<StoredPolicy> findForChange(String name);

    void delete(StoredPolicy policy);
}
