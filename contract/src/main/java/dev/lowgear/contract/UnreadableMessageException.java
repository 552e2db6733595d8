package dev.lowgear.contract;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that are not the message they were taken for; they belong in the dead-letter topic with
 * this reason.
 */
public final class UnreadableMessageException extends RuntimeException {
    public UnreadableMessageException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
