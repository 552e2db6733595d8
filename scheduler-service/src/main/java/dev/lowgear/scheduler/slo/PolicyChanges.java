package dev.lowgear.scheduler.slo;

import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

import java.util.List;

/** Every change there was, oldest first. */
interface PolicyChanges extends Repository<PolicyChange, Long> {
    PolicyChange save(PolicyChange change);

    List<PolicyChange> findByNameOrderById(String name);

    List<PolicyChange> findTop100ByAnnouncedFalseOrderById();

    /** The highest revision a policy of that name ever had; 0 if there was none. */
    @Query(
            "select coalesce(max(change.revision), 0) from PolicyChange change where change.name ="
                    + " :name")
    long highestRevision(String name);

    /** Lets the present state of every policy be announced again. */
    @Modifying
    @Query(
            "update PolicyChange change set change.announced = false where change.id in"
                    + " (select max(newest.id) from PolicyChange newest group by newest.name)"
                    + " and change.document is not null")
    int forgetNewestAnnouncements();

    /** Whether this transaction is the only one to announce: until it ends, none other is. */
    @Query(value = "select pg_try_advisory_xact_lock(7305190)", nativeQuery = true)
    boolean tryToAnnounceAlone();
}
