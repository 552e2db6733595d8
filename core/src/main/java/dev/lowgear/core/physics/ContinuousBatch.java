package dev.lowgear.core.physics;

import dev.lowgear.core.engine.EngineLimits;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Continuous batching over a paged KV cache, as vLLM's scheduler does it. Each iteration has a
 * token budget, spent in this order:
 *
 * <ol>
 *   <li>one token for every decoding request, oldest first;
 *   <li>the prefill under way, as many tokens as the budget still holds;
 *   <li>waiting requests, first come first served, while the batch has a place and the cache room
 *       for all tokens known of the request.
 * </ol>
 *
 * When a running request needs a block and none is free, the newest running request is preempted:
 * it loses all its blocks, returns to the head of the queue, and will be recomputed, its output so
 * far included. The oldest request is never preempted by another one and fits alone, so every
 * iteration makes progress. In an iteration that preempts nobody new is let in.
 *
 * <p>Requests are admitted in order and each takes what budget there is, so only the newest running
 * request can be in prefill.
 */
final class ContinuousBatch {
    private final EngineLimits limits;
    private final KvCache cache;
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> running = new ArrayList<>();
    private final Set<Long> ids = new LinkedHashSet<>();
    private int preemptions;

    ContinuousBatch(EngineLimits limits) {
        this.limits = limits;
        this.cache = new KvCache(limits);
    }

    int running() {
        return running.size();
    }

    int waiting() {
        return waiting.size();
    }

    boolean isEmpty() {
        return running.isEmpty() && waiting.isEmpty();
    }

    int kvBlocksUsed() {
        return cache.used();
    }

    /** Preemptions of the iteration scheduled last. */
    int preemptions() {
        return preemptions;
    }

    /** Whether every request is decoding: then nothing is lost but time by resting. */
    boolean onlyDecoding() {
        return waiting.isEmpty() && (running.isEmpty() || running.getLast().decoding());
    }

    void enqueue(EngineRequest request) {
        if (request.promptTokens() >= limits.maxModelLength()) {
            throw new IllegalArgumentException(
                    "request "
                            + request.id()
                            + ": a prompt of "
                            + request.promptTokens()
                            + " tokens leaves no room for output in "
                            + limits.maxModelLength());
        }
        if (!ids.add(request.id())) {
            throw new IllegalArgumentException(
                    "request " + request.id() + " is already in the engine");
        }
        waiting.addLast(new Sequence(request, limits.maxModelLength()));
    }

    boolean cancel(long requestId) {
        if (!ids.remove(requestId)) {
            return false;
        }
        if (!waiting.removeIf(sequence -> sequence.id == requestId)) {
            Sequence sequence = remove(requestId);
            cache.release(sequence);
        }
        return true;
    }

    /** Decides what the next iteration computes; there is something as long as it is not empty. */
    IterationWork schedule() {
        preemptions = 0;
        int budget = limits.chunkTokens() - scheduleDecodes();
        budget -= schedulePrefill(budget);
        if (preemptions == 0) {
            admit(budget);
        }
        return tally();
    }

    /** The scheduled iteration is done: its tokens, with finished requests gone. */
    TokenEvents complete() {
        TokenEvents tokens = new TokenEvents(running.size());
        int kept = 0;
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            if (!sequence.computed()) {
                running.set(kept++, sequence);
            } else if (!sequence.finished()) {
                tokens.add(sequence.id, sequence.generated());
                running.set(kept++, sequence);
            } else {
                tokens.addLast(sequence.id, sequence.generated(), sequence.reason());
                cache.release(sequence);
                ids.remove(sequence.id);
            }
        }
        running.subList(kept, running.size()).clear();
        return tokens;
    }

    private int scheduleDecodes() {
        int scheduled = 0;
        // The list shrinks at its end when a request is preempted.
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            if (sequence.decoding() && reserve(sequence, 1)) {
                sequence.scheduled = 1;
                scheduled++;
            }
        }
        return scheduled;
    }

    private int schedulePrefill(int budget) {
        if (budget == 0 || running.isEmpty() || running.getLast().decoding()) {
            return 0;
        }
        Sequence sequence = running.getLast();
        int chunk = Math.min(budget, sequence.pending());
        if (!reserve(sequence, chunk)) {
            return 0;
        }
        sequence.scheduled = chunk;
        return chunk;
    }

    private void admit(int budget) {
        int left = budget;
        while (left > 0 && running.size() < limits.maxBatch() && !waiting.isEmpty()) {
            Sequence sequence = waiting.getFirst();
            if (!cache.hasRoomFor(sequence.known())) {
                return;
            }
            waiting.removeFirst();
            running.add(sequence);
            sequence.scheduled = Math.min(left, sequence.pending());
            cache.grow(sequence, sequence.scheduled);
            left -= sequence.scheduled;
        }
    }

    /** Blocks for the next {@code tokens} of a sequence; false if it was preempted itself. */
    private boolean reserve(Sequence sequence, int tokens) {
        while (!cache.grow(sequence, sequence.cached + tokens)) {
            Sequence newest = running.removeLast();
            cache.release(newest);
            newest.cached = 0;
            waiting.addFirst(newest);
            preemptions++;
            if (newest == sequence) {
                return false;
            }
        }
        return true;
    }

    private IterationWork tally() {
        int batch = 0;
        int decodeTokens = 0;
        int prefillTokens = 0;
        long kvTokens = 0;
        double attention = 0;
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            kvTokens += sequence.cached + sequence.scheduled;
            if (sequence.scheduled == 0) {
                continue;
            }
            batch++;
            if (sequence.decoding()) {
                decodeTokens++;
            } else {
                prefillTokens += sequence.scheduled;
                attention += sequence.scheduled * (sequence.cached + sequence.scheduled / 2.0);
            }
        }
        return new IterationWork(
                batch, decodeTokens, prefillTokens, batch - decodeTokens, kvTokens, attention);
    }

    private Sequence remove(long requestId) {
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).id == requestId) {
                return running.remove(i);
            }
        }
        throw new IllegalStateException("request " + requestId + " is neither waiting nor running");
    }
}
