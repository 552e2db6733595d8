package dev.lowgear.launcher.doctor;

/**
 * One thing that was checked.
 *
 * @param level how it is
 * @param subject what was looked at
 * @param seen what was seen
 * @param remedy what to do about it, empty when nothing
 */
public record Finding(Level level, String subject, String seen, String remedy) {

    /** How a checked thing is. */
    public enum Level {
        OK,
        /** Works, but somebody should know. */
        NOTE,
        /** Does not work until something is done. */
        WRONG
    }

    static Finding ok(String subject, String seen) {
        return new Finding(Level.OK, subject, seen, "");
    }

    static Finding note(String subject, String seen, String remedy) {
        return new Finding(Level.NOTE, subject, seen, remedy);
    }

    static Finding wrong(String subject, String seen, String remedy) {
        return new Finding(Level.WRONG, subject, seen, remedy);
    }
}
