package dev.lowgear.gateway.openai;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A stream of server-sent events on its way from an agent to a client: passed on as read, in whole
 * events, so that it can break off cleanly between any two.
 *
 * <p>Where the gateway asked for usage and the client did not, the usage chunk (no choices) and the
 * {@code "usage":null} of the others are taken out again. One buffer is filled, edited in place and
 * written; an event that is not whole yet stays for the next round.
 */
public final class EventStream {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final byte[] DATA = ascii("data:");
    private static final byte[] DONE = ascii("[DONE]");
    private static final byte[] ERROR = ascii("{\"error\"");
    private static final byte[] USAGE = ascii("\"usage\"");
    private static final byte[] NULL_USAGE = ascii(",\"usage\":null}");
    private static final int ROOM = 8 * 1024;
    private static final int LONGEST_EVENT = 4 * 1024 * 1024;

    private final boolean stripUsage;
    private byte[] buffer = new byte[ROOM];
    private int end;
    private int scanned;
    private boolean done;
    private boolean failed;
    private @Nullable Usage usage;

    /** Tokens as the engine counted them. */
    public record Usage(int promptTokens, int completionTokens) {}

    /**
     * A stream of which nothing has been read.
     *
     * @param stripUsage whether the client must not see usage
     */
    public EventStream(boolean stripUsage) {
        this.stripUsage = stripUsage;
    }

    /**
     * Waits for more bytes; false at the end of the input.
     *
     * @throws IOException if the input broke, or an event is longer than anybody sends
     */
    public boolean fill(InputStream in) throws IOException {
        if (end == buffer.length) {
            if (buffer.length >= LONGEST_EVENT) {
                throw new IOException("an event of more than " + LONGEST_EVENT + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            return false;
        }
        end += read;
        return true;
    }

    /** Writes the whole events among what was read; false if there was nothing to write. */
    public boolean drainTo(OutputStream out) throws IOException {
        int start = 0;
        int written = 0;
        for (int next = boundary(); next > 0; next = boundary()) {
            int kept = edit(start, next);
            if (written != start) {
                System.arraycopy(buffer, start, buffer, written, kept);
            }
            written += kept;
            start = next;
        }
        if (written > 0) {
            out.write(buffer, 0, written);
        }
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        scanned -= start;
        return written > 0;
    }

    /** Whether {@code [DONE]} came: only then is the stream whole. */
    public boolean isDone() {
        return done;
    }

    /** Whether the agent itself sent an error event. */
    public boolean hasFailed() {
        return failed;
    }

    /** Tokens, once the engine has told. */
    public @Nullable Usage usage() {
        return usage;
    }

    /** Index after the next blank line, or 0 if there is none yet. */
    private int boundary() {
        for (int i = Math.max(1, scanned); i < end; i++) {
            if (buffer[i] == '\n' && isBlankBefore(i)) {
                scanned = i + 1;
                return i + 1;
            }
        }
        scanned = end;
        return 0;
    }

    private boolean isBlankBefore(int newline) {
        return buffer[newline - 1] == '\n'
                || (newline > 1 && buffer[newline - 1] == '\r' && buffer[newline - 2] == '\n');
    }

    /** Takes out of an event what the client must not see; returns how many bytes are left. */
    private int edit(int from, int to) {
        if (!startsWith(DATA, from, to)) {
            return to - from;
        }
        int content = from + DATA.length;
        if (content < to && buffer[content] == ' ') {
            content++;
        }
        if (startsWith(DONE, content, to)) {
            done = true;
            return to - from;
        }
        failed |= startsWith(ERROR, content, to);
        int blank = trailingBlank(from, to);
        int tail = to - blank - NULL_USAGE.length;
        if (tail > content && startsWith(NULL_USAGE, tail, to)) {
            return stripUsage ? closeAt(tail, to, blank) - from : to - from;
        }
        boolean isUsageChunk = indexOf(USAGE, content, to) >= 0 && readUsage(content, to - blank);
        return isUsageChunk && stripUsage ? 0 : to - from;
    }

    private int closeAt(int tail, int to, int blank) {
        buffer[tail] = '}';
        System.arraycopy(buffer, to - blank, buffer, tail + 1, blank);
        return tail + 1 + blank;
    }

    /** Remembers the usage in a chunk; true if the chunk has nothing else. */
    private boolean readUsage(int from, int to) {
        try {
            JsonNode chunk = MAPPER.readTree(buffer, from, to - from);
            JsonNode counted = chunk.path("usage");
            if (!counted.isObject()) {
                return false;
            }
            usage =
                    new Usage(
                            counted.path("prompt_tokens").asInt(0),
                            counted.path("completion_tokens").asInt(0));
            JsonNode choices = chunk.path("choices");
            return choices.isArray() && choices.isEmpty();
        } catch (JacksonException e) {
            return false; // not ours to judge: passed on as it came
        }
    }

    private int trailingBlank(int from, int to) {
        int at = to;
        while (at > from && (buffer[at - 1] == '\n' || buffer[at - 1] == '\r')) {
            at--;
        }
        return to - at;
    }

    private boolean startsWith(byte[] prefix, int from, int to) {
        return to - from >= prefix.length
                && Arrays.equals(buffer, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private int indexOf(byte[] word, int from, int to) {
        for (int i = from; i <= to - word.length; i++) {
            if (buffer[i] == word[0] && startsWith(word, i, to)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
