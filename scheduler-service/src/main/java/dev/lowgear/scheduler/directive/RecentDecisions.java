package dev.lowgear.scheduler.directive;

import dev.lowgear.contract.DecisionMessage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last so many decisions, for the admin API; the topic has them all. */
public final class RecentDecisions {
    private final int limit;
    private final Deque<DecisionMessage> newestFirst = new ArrayDeque<>();

    RecentDecisions(int limit) {
        this.limit = limit;
    }

    synchronized void add(DecisionMessage decision) {
        newestFirst.addFirst(decision);
        if (newestFirst.size() > limit) {
            newestFirst.removeLast();
        }
    }

    /** The newest ones first, of one engine or of all. */
    public synchronized List<DecisionMessage> newest(@Nullable String engineId, int count) {
        List<DecisionMessage> found = new ArrayList<>();
        for (DecisionMessage decision : newestFirst) {
            if (found.size() == count) {
                break;
            }
            if (engineId == null || decision.engineId().equals(engineId)) {
                found.add(decision);
            }
        }
        return found;
    }

    /** The decision of that id, if it is still remembered. */
    public synchronized Optional<DecisionMessage> byId(String decisionId) {
        return newestFirst.stream()
                .filter(decision -> decision.decisionId().equals(decisionId))
                .findFirst();
    }
}
