package dev.lowgear.core.projection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * When each waiting prompt will have been prefilled: first come, first served, so many tokens per
 * iteration (chunked prefill: what the token budget leaves beside the decoding requests).
 *
 * <p>With {@code c_i} tokens to do, prompt {@code i} is complete in iteration {@code ⌈(c_1 + … +
 * c_i) / chunk⌉ − 1}; its next token comes at the end of that iteration, and it decodes from the
 * following one.
 */
final class PrefillPlan {
    private final int tokensPerIteration;
    private final List<ScoreboardEntry> prompts = new ArrayList<>();
    private final List<Integer> lastIterations = new ArrayList<>();
    private long total;

    PrefillPlan(Collection<ScoreboardEntry> entries, int chunkTokens) {
        int decoding = 0;
        for (ScoreboardEntry entry : entries) {
            if (entry.isDecoding()) {
                decoding++;
            }
        }
        tokensPerIteration = Math.max(1, chunkTokens - decoding);
        for (ScoreboardEntry entry : entries) {
            if (!entry.isDecoding()) {
                prompts.add(entry);
                total += entry.prefillTokens();
                lastIterations.add(Math.max(0, iterations(total) - 1));
            }
        }
    }

    List<ScoreboardEntry> prompts() {
        return prompts;
    }

    /** The iteration in which the prompt at {@code index} is complete. */
    int lastIteration(int index) {
        return lastIterations.get(index);
    }

    /** Tokens prefilled in the iterations before {@code iteration}. */
    long tokensBefore(int iteration) {
        return Math.min(total, (long) iteration * tokensPerIteration);
    }

    /** KV blocks held in an iteration by prompts that are not decoding by then. */
    long blocks(int iteration, int blockTokens) {
        long done = tokensBefore(iteration + 1);
        long before = 0;
        long blocks = 0;
        for (int i = 0; i < prompts.size(); i++) {
            ScoreboardEntry prompt = prompts.get(i);
            if (iteration <= lastIteration(i)) {
                long own = Math.clamp(done - before, 0, prompt.prefillTokens());
                blocks += (prompt.kvTokens() + own + blockTokens - 1) / blockTokens;
            }
            before += prompt.prefillTokens();
        }
        return blocks;
    }

    private int iterations(long tokens) {
        return (int) ((tokens + tokensPerIteration - 1) / tokensPerIteration);
    }
}
