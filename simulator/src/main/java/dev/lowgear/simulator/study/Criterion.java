package dev.lowgear.simulator.study;

/**
 * Something that must be reached.
 *
 * @param what is asked, with its bar
 * @param measured what it came to
 * @param verdict whether that is enough
 */
public record Criterion(String what, String measured, Verdict verdict) {
    /** Whether a criterion is met. */
    public enum Verdict {
        /** It is. */
        MET,
        /** It is not. */
        NOT_MET,
        /** No cell that tells has finished. */
        NOT_MEASURED;

        static Verdict of(boolean met) {
            return met ? MET : NOT_MET;
        }

        /** In words. */
        public String text() {
            return switch (this) {
                case MET -> "met";
                case NOT_MET -> "not met";
                case NOT_MEASURED -> "not measured";
            };
        }
    }
}
