package dev.lowgear.core.fleet;

import java.util.regex.Pattern;

/**
 * One agent: the service on one GPU node that owns its engines.
 *
 * @param value 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}, so that it is safe in topic keys,
 *     file names and metric labels
 */
public record AgentId(String value) implements Comparable<AgentId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    public AgentId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an agent id is 1 to 128 of A-Z a-z 0-9 . _ -, got '" + value + "'");
        }
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
