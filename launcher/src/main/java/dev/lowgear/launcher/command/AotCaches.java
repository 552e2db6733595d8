package dev.lowgear.launcher.command;

import dev.lowgear.launcher.aot.AotAssembly;
import dev.lowgear.launcher.stack.CacheFolder;
import dev.lowgear.launcher.stack.DataFolder;

import java.io.PrintWriter;

/** What is left to do for the next start once a system has ended. */
final class AotCaches {
    /** Of each part, the newest build and the one before. */
    private static final int BUILDS_KEPT = 2;

    private AotCaches() {}

    /** Makes caches from what the system recorded, if it did, and removes those of old builds. */
    static void make(DataFolder data, PrintWriter out) {
        var assembly = new AotAssembly(data);
        if (assembly.size() > 0) {
            out.printf(
                    "making %d AOT caches from this run, for faster starts; Ctrl-C does no harm%n",
                    assembly.size());
            out.flush();
            assembly.run(made -> {
                out.printf("  %-10s %s%n", made.part(), text(made));
                out.flush();
            });
        }
        CacheFolder.at(data.cache()).prune(BUILDS_KEPT);
    }

    private static String text(AotAssembly.Made made) {
        return made.failure().isEmpty()
                ? "%4d MB  %5.1f s"
                        .formatted(made.bytes() / 1_000_000, made.took().toMillis() / 1e3)
                : "could not be made: " + made.failure();
    }
}
