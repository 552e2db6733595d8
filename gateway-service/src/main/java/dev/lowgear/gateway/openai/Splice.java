package dev.lowgear.gateway.openai;

import java.nio.charset.StandardCharsets;

/**
 * One change to a body that is otherwise passed on byte for byte.
 *
 * @param from first byte to replace
 * @param to first byte kept after it; {@code from} to insert
 * @param text what stands there instead
 */
record Splice(int from, int to, String text) {
    /** The changed body. */
    byte[] applyTo(byte[] body) {
        byte[] inserted = text.getBytes(StandardCharsets.UTF_8);
        byte[] changed = new byte[body.length - (to - from) + inserted.length];
        System.arraycopy(body, 0, changed, 0, from);
        System.arraycopy(inserted, 0, changed, from, inserted.length);
        System.arraycopy(body, to, changed, from + inserted.length, body.length - to);
        return changed;
    }
}
