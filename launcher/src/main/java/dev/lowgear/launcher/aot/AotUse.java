package dev.lowgear.launcher.aot;

/**
 * What a JVM has to do with its AOT cache.
 *
 * @param kind what
 * @param remark why it runs without one that there was, else empty
 */
public record AotUse(Kind kind, String remark) {
    /** For a process that is no JVM of ours. */
    public static final AotUse NONE = new AotUse(Kind.NONE, "");

    static final AotUse USED = new AotUse(Kind.USED, "");

    /** What a JVM does with its cache. */
    public enum Kind {
        NONE,
        /** Runs from it: the JVM was told to end rather than to go on without it. */
        USED,
        /** Has none, and notes while it runs what one is made from. */
        RECORDING
    }

    static AotUse recording(String remark) {
        return new AotUse(Kind.RECORDING, remark);
    }
}
