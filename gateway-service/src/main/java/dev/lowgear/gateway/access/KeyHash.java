package dev.lowgear.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What is kept of a key: its SHA-256. A key carries 256 random bits, so nothing is gained by a slow
 * hash, and a fast one can be looked up.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
record KeyHash(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    KeyHash {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits");
        }
    }

    static KeyHash of(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return new KeyHash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A new key, to be shown once. */
    static String newKey() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return "lg-" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
