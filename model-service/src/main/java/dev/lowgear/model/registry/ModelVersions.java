package dev.lowgear.model.registry;

import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

import java.util.List;
import java.util.Optional;

/** Every version there is. */
interface ModelVersions extends JpaRepository<ModelVersion, Integer> {
    @NativeQuery("SELECT nextval('model_version_number')")
    int nextNumber();

    Optional<ModelVersion> findByFingerprintAndState(String fingerprint, ModelState state);

    Optional<ModelVersion> findFirstByFingerprintOrderByVersionDesc(String fingerprint);

    Optional<ModelVersion> findByTableId(String tableId);

    List<ModelVersion> findByFingerprintAndStateOrderByVersionDesc(
            String fingerprint, ModelState state);

    List<ModelVersion> findByStateOrderByFingerprint(ModelState state);

    @Query(
            """
            FROM ModelVersion v
            WHERE (:fingerprint IS NULL OR v.fingerprint = :fingerprint)
              AND (:state IS NULL OR v.state = :state)
            ORDER BY v.version DESC\
            """)
    List<ModelVersion> newest(
            @Nullable String fingerprint, @Nullable ModelState state, Limit limit);

    /** Deletes all but the newest of a fingerprint; versions a person dealt with stay. */
    @Modifying
    @NativeQuery(
            """
            DELETE FROM model_version WHERE version IN (
                SELECT version FROM model_version
                WHERE fingerprint = :fingerprint AND state IN ('CANDIDATE', 'REJECTED')
                ORDER BY version DESC OFFSET :kept)\
            """)
    void deleteAllButNewest(String fingerprint, int kept);
}
