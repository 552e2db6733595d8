package dev.lowgear.model.registry;

/** What the quality gate says about a version. */
public sealed interface Verdict {
    /** Why, for people. */
    String reason();

    /** It may come into force. */
    record Accepted(String reason) implements Verdict {}

    /** It may not. */
    record Refused(String reason) implements Verdict {}
}
