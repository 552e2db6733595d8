package dev.lowgear.simulator.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names for long texts: equal for equal ones, and for no others that anybody will meet. */
final class Fingerprint {
    private static final int BYTES = 12;

    private Fingerprint() {}

    /** A digest, to be fed and handed to {@link #of(MessageDigest)}. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String of(MessageDigest fed) {
        return HexFormat.of().formatHex(fed.digest(), 0, BYTES);
    }

    /** Of these texts in this order. */
    static String of(String... texts) {
        MessageDigest digest = digest();
        digest.update(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
        return of(digest);
    }
}
