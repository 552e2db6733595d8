package dev.lowgear.scheduler.slo;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One change of a policy: its history, and until it is announced on the topic, the outbox. Written
 * in the transaction that makes the change, so that database and topic never disagree for good.
 */
@Entity
@Table(name = "slo_policy_change")
class PolicyChange {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name;
    private long revision;
    private Instant changedAt;
    private @Nullable String document;
    private boolean announced;

    /** For JPA, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    protected PolicyChange() {}

    /**
     * A change that is yet to be announced.
     *
     * @param document the policy as it is on the wire; null if it was withdrawn
     */
    PolicyChange(String name, long revision, Instant changedAt, @Nullable String document) {
        this.name = name;
        this.revision = revision;
        this.changedAt = changedAt;
        this.document = document;
    }

    String name() {
        return name;
    }

    long revision() {
        return revision;
    }

    Instant changedAt() {
        return changedAt;
    }

    @Nullable String document() {
        return document;
    }

    /** Whether the topic has it. */
    boolean announced() {
        return announced;
    }

    void markAnnounced() {
        announced = true;
    }
}
