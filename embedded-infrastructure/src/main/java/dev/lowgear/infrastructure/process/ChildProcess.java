package dev.lowgear.infrastructure.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A running child whose standard input is a pipe from this process, so that it ends with it (see
 * {@link Tethered}); what it prints goes to a file.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration KILL_WAIT = Duration.ofSeconds(10);
    private static final int TAIL_LINES = 15;

    private final String name;
    private final Path output;
    private final Process process;
    private final CompletableFuture<Integer> exit;

    private ChildProcess(String name, Path output, Process process) {
        this.name = name;
        this.output = output;
        this.process = process;
        this.exit =
                process.onExit()
                        .thenApply(ended -> {
                            closeInput();
                            return ended.exitValue();
                        });
    }

    /**
     * Starts a command.
     *
     * @param name what to call it in messages
     * @param environment added to this process's own
     * @param output the file that its standard output and error are appended to
     */
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path output) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(output.toAbsolutePath().getParent());
            return new ChildProcess(name, output, builder.start());
        } catch (IOException e) {
            throw new ChildProcessException(
                    "could not start " + name + ": " + e.getMessage() + " (" + command + ")", e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit status, once it has ended. */
    public CompletableFuture<Integer> onExit() {
        return exit;
    }

    /** The last lines that the child printed, for messages. */
    public String tail() {
        try {
            var lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines();
            var all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()));
        } catch (IOException e) {
            return "(" + output + " is not readable: " + e.getMessage() + ")";
        }
    }

    /**
     * Asks until the answer is yes.
     *
     * @throws ChildProcessException when the child ends first or the time is over, with the last
     *     lines that it printed
     */
    public void awaitReady(Duration timeout, Callable<Boolean> ready) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!ready.call()) {
                if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new ChildEndedException(name, process.exitValue(), tail());
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new ChildProcessException(
                            name + " was not ready within " + timeout + ":\n" + tail());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChildProcessException("interrupted while waiting for " + name, e);
        } catch (ChildProcessException e) {
            throw e;
        } catch (Exception e) {
            throw new ChildProcessException("could not ask whether " + name + " is ready", e);
        }
    }

    /**
     * Closes the child's standard input, waits for it to end in order, and kills it and its
     * descendants when the grace is over.
     *
     * @return whether it ended in order
     */
    public boolean stop(Duration grace) {
        var descendants = process.descendants().toList();
        closeInput();
        boolean orderly = awaitEnd(grace);
        if (!orderly) {
            process.destroyForcibly();
            descendants.forEach(ProcessHandle::destroyForcibly);
            if (!awaitEnd(KILL_WAIT)) {
                throw new ChildProcessException(name + " (pid " + pid() + ") survived SIGKILL");
            }
        }
        return orderly;
    }

    /** Stops the child, ten seconds of grace. */
    @Override
    public void close() {
        stop(Duration.ofSeconds(10));
    }

    private boolean awaitEnd(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new ChildProcessException("could not close the standard input of " + name, e);
        }
    }
}
