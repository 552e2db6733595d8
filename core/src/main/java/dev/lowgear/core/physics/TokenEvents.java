package dev.lowgear.core.physics;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The tokens an iteration gave out, at most one per request, oldest request first. Immutable once
 * published.
 */
public final class TokenEvents {
    private final long[] requestIds;
    private final int[] generated;
    private final @Nullable FinishReason[] finish;
    private int size;

    TokenEvents(int capacity) {
        this.requestIds = new long[capacity];
        this.generated = new int[capacity];
        this.finish = new @Nullable FinishReason[capacity];
    }

    void add(long requestId, int generatedTokens) {
        requestIds[size] = requestId;
        generated[size++] = generatedTokens;
    }

    void addLast(long requestId, int generatedTokens, FinishReason reason) {
        add(requestId, generatedTokens);
        finish[size - 1] = reason;
    }

    /** How many tokens. */
    public int size() {
        return size;
    }

    /** Whose token event {@code i} is. */
    public long requestId(int i) {
        return requestIds[checked(i)];
    }

    /** How many tokens that request now has; 1 means this was its first. */
    public int generated(int i) {
        return generated[checked(i)];
    }

    /** Whether it was that request's last. */
    public boolean finished(int i) {
        return finish[checked(i)] != null;
    }

    /**
     * Why it was the last.
     *
     * @throws IllegalStateException if it was not
     */
    public FinishReason finishReason(int i) {
        FinishReason reason = finish[checked(i)];
        if (reason == null) {
            throw new IllegalStateException("request " + requestId(i) + " is still running");
        }
        return reason;
    }

    private int checked(int i) {
        if (i < 0 || i >= size) {
            throw new IndexOutOfBoundsException("token event " + i + " of " + size);
        }
        return i;
    }

    @Override
    public String toString() {
        return "tokens of " + Arrays.toString(Arrays.copyOf(requestIds, size));
    }
}
