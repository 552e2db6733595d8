package dev.lowgear.launcher.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What Linux says about processes under {@code /proc}; nothing elsewhere. */
public final class ProcessMeter {
    private static final Path PROC = Path.of("/proc");

    /** The unit of the times in {@code stat}: what every Linux reports to programs. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of {@code stat} after the name, which may hold blanks: utime to cstime. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    private ProcessMeter() {}

    /** Whether this machine can say anything. */
    public static boolean isAvailable() {
        return Files.isReadable(PROC.resolve("self").resolve("stat"));
    }

    /**
     * Processor seconds of a process and all its descendants so far, with those of children that
     * have ended.
     */
    public static double cpuSecondsOfTree(long pid) {
        return tree(pid).mapToDouble(ProcessMeter::cpuSeconds).sum();
    }

    /** Processor seconds of a process and of its children that have ended; 0 once it is gone. */
    public static double cpuSeconds(long pid) {
        try {
            return cpuSecondsIn(Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat")));
        } catch (IOException e) {
            return 0; // it ended meanwhile
        }
    }

    static double cpuSecondsIn(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = 0;
        for (int i = 0; i < TIMES; i++) {
            ticks += Long.parseLong(fields[FIRST_TIME + i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Resident memory of a process in bytes; empty once it is gone. */
    public static OptionalLong residentBytes(long pid) {
        return status(pid, "VmRSS:");
    }

    /** Memory that a process and its descendants share with nobody, in bytes. */
    public static long privateBytesOfTree(long pid) {
        return tree(pid).map(each -> status(each, "RssAnon:").orElse(0)).sum();
    }

    private static LongStream tree(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .mapToLong(ProcessHandle::pid);
    }

    private static OptionalLong status(long pid, String field) {
        try (var lines = Files.lines(PROC.resolve(Long.toString(pid)).resolve("status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
