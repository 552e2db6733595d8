package dev.lowgear.launcher.soak;

import dev.lowgear.launcher.admin.PolicyClient;

import java.io.IOException;
import java.util.List;

/** Changes SLO policies while traffic runs: their targets, and whether they are there at all. */
final class PolicyChurn {
    /** The classes that requests may name: these are always there. */
    static final List<String> CLASSES = List.of("soak-interactive", "soak-batch");

    private static final String BRIEF = "soak-brief";

    private final PolicyClient policies;
    private long changes;

    PolicyChurn(PolicyClient policies) {
        this.policies = policies;
    }

    /** Creates those that requests name. */
    void begin() throws IOException {
        change();
    }

    /** Makes the next change. */
    void change() throws IOException {
        long step = changes++ % 5;
        policies.save(CLASSES.getFirst(), 9_000 + 500 * step, 120 + 10 * step);
        policies.save(CLASSES.getLast(), 30_000 + 1_000 * step, 250);
        if (changes % 2 == 0) {
            policies.save(BRIEF, 15_000, 200);
        } else if (changes > 2) {
            policies.withdraw(BRIEF);
        }
    }

    /** Changes made so far. */
    long changes() {
        return changes;
    }
}
