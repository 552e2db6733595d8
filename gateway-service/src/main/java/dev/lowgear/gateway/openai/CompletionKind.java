package dev.lowgear.gateway.openai;

/** The two ways to ask for a completion. */
public enum CompletionKind {
    CHAT("/v1/chat/completions"),
    TEXT("/v1/completions");

    private final String path;

    CompletionKind(String path) {
        this.path = path;
    }

    /** Where it is asked for, here and at the agent. */
    public String path() {
        return path;
    }
}
