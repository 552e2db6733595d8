package dev.lowgear.infrastructure.postgres;

import dev.lowgear.infrastructure.process.ChildProcessException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How to run a program that refuses to run as root, as PostgreSQL does.
 *
 * <p>An ordinary user needs nothing. For root there are two ways. {@code unshare -U} starts the
 * program in a user namespace of its own without any mapping: inside it is "nobody", outside its
 * files stay root's, so nothing has to change hands. Where the kernel or a container forbids
 * namespaces, the folder is given to the user {@code nobody} and the program started as that user;
 * the folders above must then be open to it.
 */
final class Unprivileged {
    private static final String USER = "nobody";

    private final List<String> prefix;
    private final boolean changesHands;

    private Unprivileged(List<String> prefix, boolean changesHands) {
        this.prefix = prefix;
        this.changesHands = changesHands;
    }

    /** The way that works for this user on this machine. */
    static Unprivileged here() {
        if (!"0".equals(output(List.of("id", "-u")))) {
            return new Unprivileged(List.of(), false);
        }
        if (succeeds(List.of("unshare", "-U", "true"))) {
            return new Unprivileged(List.of("unshare", "-U"), false);
        }
        if (succeeds(List.of("setpriv", "--version"))) {
            return new Unprivileged(
                    List.of(
                            "setpriv",
                            "--reuid=" + output(List.of("id", "-u", USER)),
                            "--regid=" + output(List.of("id", "-g", USER)),
                            "--clear-groups"),
                    true);
        }
        throw new ChildProcessException(
                "PostgreSQL does not run as root, and neither `unshare -U` nor `setpriv` works"
                        + " here: start as an ordinary user");
    }

    /** Words to put before the command. */
    List<String> prefix() {
        return prefix;
    }

    /** Makes the folder belong to whom the program will run as. */
    void own(Path folder) {
        if (changesHands) {
            run(List.of("chown", "-R", USER, folder.toString()));
        }
    }

    /**
     * Runs a command to its end.
     *
     * @throws ChildProcessException when it fails, with what it printed
     */
    static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new ChildProcessException(String.join(" ", command) + " failed: " + printed);
            }
            return printed.strip();
        } catch (IOException e) {
            throw new ChildProcessException(
                    "could not run " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildProcessException("interrupted while running " + command.getFirst(), e);
        }
    }

    private static String output(List<String> command) {
        return run(command);
    }

    private static boolean succeeds(List<String> command) {
        try {
            run(command);
            return true;
        } catch (ChildProcessException e) {
            return false;
        }
    }
}
