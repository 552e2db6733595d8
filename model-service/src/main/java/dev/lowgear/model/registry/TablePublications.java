package dev.lowgear.model.registry;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;

import java.util.List;

/** What is published about each fingerprint. */
interface TablePublications extends JpaRepository<TablePublication, String> {
    /** Locks the row of a fingerprint, made if there is none: one change at a time. */
    @Modifying
    @NativeQuery(
            """
            INSERT INTO table_publication (fingerprint, version, pending)
            VALUES (:fingerprint, NULL, FALSE)
            ON CONFLICT (fingerprint) DO UPDATE SET fingerprint = excluded.fingerprint\
            """)
    void lock(String fingerprint);

    /** What the topic was not told yet, left out what another instance is telling it. */
    @NativeQuery(
            """
            SELECT * FROM table_publication WHERE pending
            ORDER BY fingerprint FOR UPDATE SKIP LOCKED\
            """)
    List<TablePublication> lockPending();

    @Modifying
    @NativeQuery("UPDATE table_publication SET pending = TRUE WHERE version IS NOT NULL")
    int markAllPending();
}
