package dev.lowgear.guardian.protocol;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line on the socket.
 *
 * @param tag what the answer repeats; empty for none
 * @param text request or answer
 */
public record Line(OptionalLong tag, String text) {
    /** Longest line in bytes, line feed included: room for 16 GPUs. */
    public static final int MAXIMUM_LENGTH = 4096;

    private static final Pattern TAGGED = Pattern.compile("#(\\d{1,18}) +(.*)");

    /** Reads a line without its line feed. */
    public static Line parse(String line) {
        Matcher tagged = TAGGED.matcher(line);
        return tagged.matches()
                ? new Line(OptionalLong.of(Long.parseLong(tagged.group(1))), tagged.group(2))
                : new Line(OptionalLong.empty(), line);
    }

    /** The line with its line feed. */
    @Override
    public String toString() {
        return (tag.isPresent() ? "#" + tag.getAsLong() + " " : "") + text + "\n";
    }
}
