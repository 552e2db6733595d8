package dev.lowgear.guardian.client;

/**
 * No acknowledgement came: the guardian is not there, does not answer in time, or too much is
 * waiting for it. What was asked may have been done all the same; its lease bounds how long.
 */
public final class GuardianUnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    GuardianUnreachableException(String message) {
        super(message);
    }
}
