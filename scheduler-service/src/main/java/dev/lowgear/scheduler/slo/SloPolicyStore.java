package dev.lowgear.scheduler.slo;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.SloPolicyMessage;
import dev.lowgear.core.slo.SloPolicy;

import jakarta.persistence.EntityManager;

import org.springframework.transaction.annotation.Transactional;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * The policies of record. Every change is written with its place in the history, which is the
 * outbox until it is announced.
 */
class SloPolicyStore {
    private final SloPolicies policies;
    private final PolicyChanges changes;
    private final EntityManager entities;
    private final InstantSource clock;

    SloPolicyStore(
            SloPolicies policies,
            PolicyChanges changes,
            EntityManager entities,
            InstantSource clock) {
        this.policies = policies;
        this.changes = changes;
        this.entities = entities;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    List<SloPolicyMessage> all() {
        return policies.findAllByOrderByName().stream().map(StoredPolicy::toMessage).toList();
    }

    @Transactional(readOnly = true)
    SloPolicyMessage named(String name) {
        return policies.findByName(name)
                .map(StoredPolicy::toMessage)
                .orElseThrow(() -> PolicyRefusedException.unknown(name));
    }

    @Transactional(readOnly = true)
    List<PolicyChange> history(String name) {
        List<PolicyChange> history = changes.findByNameOrderById(name);
        if (history.isEmpty()) {
            throw PolicyRefusedException.unknown(name);
        }
        return history;
    }

    @Transactional
    SloPolicyMessage create(SloPolicy policy) {
        String name = policy.name();
        if (policies.findByName(name).isPresent()) {
            throw PolicyRefusedException.exists(name);
        }
        long revision = changes.highestRevision(name) + 1;
        var stored = new StoredPolicy(name, revision, terms(policy));
        entities.persist(stored);
        entities.flush();
        return announced(stored);
    }

    @Transactional
    SloPolicyMessage replace(SloPolicy policy, PolicyCondition condition) {
        StoredPolicy stored = forChange(policy.name(), condition);
        stored.replace(terms(policy));
        return announced(stored);
    }

    @Transactional
    void withdraw(String name, PolicyCondition condition) {
        StoredPolicy stored = forChange(name, condition);
        if (name.equals(SloPolicy.STANDARD.name())) {
            throw PolicyRefusedException.indispensable(name);
        }
        policies.delete(stored);
        changes.save(new PolicyChange(name, stored.revision() + 1, clock.instant(), null));
    }

    private StoredPolicy forChange(String name, PolicyCondition condition) {
        StoredPolicy stored =
                policies.findForChange(name)
                        .orElseThrow(() -> PolicyRefusedException.unknown(name));
        if (!condition.allows(stored.revision())) {
            throw PolicyRefusedException.stale(name, stored.revision());
        }
        return stored;
    }

    private SloPolicyMessage announced(StoredPolicy stored) {
        SloPolicyMessage message = stored.toMessage();
        changes.save(
                new PolicyChange(
                        stored.name(),
                        stored.revision(),
                        clock.instant(),
                        new String(MessageCodec.encode(message), StandardCharsets.UTF_8)));
        return message;
    }

    private static PolicyTerms terms(SloPolicy policy) {
        return PolicyTerms.of(SloPolicyMessage.of(policy, 0));
    }

    /**
     * Announces what waits in the outbox, in order, by handing it to {@code announce}; if that
     * throws, nothing counts as announced and all of it comes again.
     */
    @Transactional
    int announce(Consumer<List<PolicyChange>> announce) {
        if (!changes.tryToAnnounceAlone()) {
            return 0;
        }
        List<PolicyChange> waiting = changes.findTop100ByAnnouncedFalseOrderById();
        if (!waiting.isEmpty()) {
            announce.accept(waiting);
            waiting.forEach(PolicyChange::markAnnounced);
        }
        return waiting.size();
    }

    /** Lets every policy be announced again, for a topic that may have been lost. */
    @Transactional
    void announceAgain() {
        changes.forgetNewestAnnouncements();
    }
}
