package dev.lowgear.model.registry;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/** What the topic should say about a fingerprint, and whether it has been told. */
@Entity
@Table(name = "table_publication")
class TablePublication {
    @Id private String fingerprint;
    private @Nullable Integer version;

    @SuppressWarnings("UnusedVariable") // queries read it
    private boolean pending;

    /** For JPA, which fills the fields. */
    protected TablePublication() {
        this("");
    }

    /** Nothing is in force. */
    TablePublication(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    void want(@Nullable Integer wanted) {
        version = wanted;
        pending = true;
    }

    void published() {
        pending = false;
    }

    String fingerprint() {
        return fingerprint;
    }

    @Nullable Integer version() {
        return version;
    }
}
