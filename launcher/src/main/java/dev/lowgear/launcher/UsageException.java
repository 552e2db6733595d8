package dev.lowgear.launcher;

/** Something the user has to change before it can work: one clear line, exit code 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String line) {
        super(line);
    }
}
