package dev.lowgear.launcher.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine that something was measured on.
 *
 * @param processor its name, as the system knows it
 * @param processors how many
 * @param jdk the JDK that runs
 * @param load processes that ran or waited for a processor, mean of a minute; -1 if unknown
 */
public record Machine(String processor, int processors, String jdk, double load) {

    /** This one, now. */
    public static Machine here() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                system.getSystemLoadAverage());
    }

    /** For a line above a table. */
    public String text() {
        return "%d × %s, JDK %s".formatted(processors, processor, jdk);
    }

    private static String processorName() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // no Linux
        }
    }
}
