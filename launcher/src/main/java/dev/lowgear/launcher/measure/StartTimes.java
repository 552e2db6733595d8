package dev.lowgear.launcher.measure;

import dev.lowgear.launcher.aot.AotUse;
import dev.lowgear.launcher.supervision.SystemState;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What each step of a start took.
 *
 * @param parts in order of start
 * @param supervisorMillis from the command's start until the supervisor began
 * @param readyMillis from the command's start until every part was ready
 * @param firstTokenMillis from the command's start until the first token of the first answer
 * @param cpuSeconds of supervisor and parts, until the first token; 0 where it is not known
 */
public record StartTimes(
        List<PartTimes> parts,
        long supervisorMillis,
        long readyMillis,
        long firstTokenMillis,
        double cpuSeconds) {

    /**
     * What one part took.
     *
     * @param name the part
     * @param aot what its JVM did with its AOT cache
     * @param prepareMillis unpacking, before others were ready
     * @param waitMillis for those it needs
     * @param startMillis from its process's start until it was ready
     * @param readyMillis from the command's start until it was ready
     */
    public record PartTimes(
            String name,
            AotUse.Kind aot,
            long prepareMillis,
            long waitMillis,
            long startMillis,
            long readyMillis) {}

    public StartTimes {
        parts = List.copyOf(parts);
    }

    /**
     * Of a system whose parts are all ready.
     *
     * @param begun when the command was started
     * @param firstToken since then
     */
    public static StartTimes of(
            SystemState state, Instant begun, Duration firstToken, double cpuSeconds) {
        var parts =
                state.parts().stream()
                        .map(part ->
                                new PartTimes(
                                        part.name(),
                                        part.start().aot().kind(),
                                        part.start().prepareMillis(),
                                        part.start().waitMillis(),
                                        part.start().startMillis(),
                                        Duration.between(begun, part.since()).toMillis()))
                        .toList();
        return new StartTimes(
                parts,
                Duration.between(begun, state.startedAt()).toMillis(),
                parts.stream().mapToLong(PartTimes::readyMillis).max().orElse(0),
                firstToken.toMillis(),
                cpuSeconds);
    }

    /** A table for people. */
    public String text() {
        var text = new StringBuilder();
        text.append(
                "%-12s %9s %9s %9s %9s  %s%n"
                        .formatted("", "unpack s", "wait s", "start s", "ready at", "AOT cache"));
        text.append("%-12s %39.1f%n".formatted("supervisor", seconds(supervisorMillis)));
        for (var part : parts) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-12s %9.1f %9.1f %9.1f %9.1f  %s%n",
                            part.name(),
                            seconds(part.prepareMillis()),
                            seconds(part.waitMillis()),
                            seconds(part.startMillis()),
                            seconds(part.readyMillis()),
                            part.aot().name().toLowerCase(Locale.ROOT)));
        }
        text.append(
                String.format(
                        Locale.ROOT, "%-12s %39.1f%n", "first token", seconds(firstTokenMillis)));
        if (cpuSeconds > 0) {
            text.append(String.format(Locale.ROOT, "%-12s %39.1f%n", "processor s", cpuSeconds));
        }
        return text.toString();
    }

    private static double seconds(long millis) {
        return millis / 1e3;
    }
}
