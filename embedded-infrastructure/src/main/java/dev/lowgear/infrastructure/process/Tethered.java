package dev.lowgear.infrastructure.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs another main class and ends it when standard input ends: {@code java … Tethered MAIN ARGS…}.
 *
 * <p>The parent holds the other end of the pipe. The kernel closes it when the parent dies, however
 * it dies, so that a child never outlives it; a parent that wants its child to stop closes the pipe
 * itself. Either way the child exits in order (shutdown hooks run), and is halted when that takes
 * longer than the grace, {@code -Dlowgear.exit.grace.seconds} (10). A main method that throws ends
 * the process too, whatever threads it has started.
 */
public final class Tethered {
    /** Exit status of a child that did not end in order within the grace. */
    public static final int HALTED = 71;

    private static final String GRACE_PROPERTY = "lowgear.exit.grace.seconds";

    private Tethered() {}

    /**
     * Tethers this process, then runs the real main class.
     *
     * @param arguments the real main class, then its arguments
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        if (arguments.length == 0) {
            System.err.println("usage: Tethered MAIN-CLASS [ARGUMENT…]");
            System.exit(2);
        }
        var grace = Duration.ofSeconds(Integer.getInteger(GRACE_PROPERTY, 10));
        exitAtEndOf(System.in, grace);
        var real = Class.forName(arguments[0]).getMethod("main", String[].class);
        try {
            real.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            e.getTargetException().printStackTrace();
            haltAfter(grace);
            System.exit(1);
        }
    }

    private static void exitAtEndOf(InputStream input, Duration grace) {
        Thread.ofPlatform()
                .daemon()
                .name("tether")
                .start(() -> {
                    awaitEnd(input);
                    haltAfter(grace);
                    System.exit(0);
                });
    }

    private static void awaitEnd(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("standard input broke, taken as its end: " + e);
        }
    }

    private static void haltAfter(Duration grace) {
        Thread.ofPlatform()
                .daemon()
                .name("tether-halt")
                .start(() -> {
                    try {
                        var never = new CountDownLatch(1);
                        if (!never.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                            System.err.println("no orderly end within " + grace);
                        }
                    } catch (InterruptedException e) {
                        System.err.println("interrupted while waiting for the end");
                    }
                    Runtime.getRuntime().halt(HALTED);
                });
    }
}
