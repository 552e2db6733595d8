package dev.lowgear.gateway.slo;

import dev.lowgear.contract.SloPolicyMessage;

import java.util.concurrent.atomic.AtomicReference;

/** The policies in force: one writer turns the page, any number of requests read it. */
public final class Policies {
    private final AtomicReference<PolicyBook> book = new AtomicReference<>(PolicyBook.EMPTY);

    /** What is in force now. */
    public PolicyBook now() {
        return book.get();
    }

    /**
     * Takes a policy.
     *
     * @throws IllegalArgumentException naming the field that is impossible
     */
    public void put(SloPolicyMessage message) {
        var policy = message.toCore();
        book.updateAndGet(known -> known.with(policy, message.revision()));
    }

    /** Forgets a policy that was withdrawn. */
    public void withdraw(String name) {
        book.updateAndGet(known -> known.without(name));
    }
}
