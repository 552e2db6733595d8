package dev.lowgear.scheduler.slo;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.SloPolicyMessage;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A policy as it is now. */
@Entity
@Table(name = "slo_policy")
class StoredPolicy {
    @Id private String name;
    private long revision;
    @Embedded private PolicyTerms terms;

    /** For JPA, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    protected StoredPolicy() {}

    StoredPolicy(String name, long revision, PolicyTerms terms) {
        this.name = name;
        this.revision = revision;
        this.terms = terms;
    }

    String name() {
        return name;
    }

    long revision() {
        return revision;
    }

    /** From now on these are its terms, at the next revision. */
    void replace(PolicyTerms next) {
        terms = next;
        revision++;
    }

    SloPolicyMessage toMessage() {
        return terms.toMessage(MessageCodec.SCHEMA_VERSION, name, revision);
    }
}
