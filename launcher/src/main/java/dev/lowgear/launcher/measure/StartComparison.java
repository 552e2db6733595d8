package dev.lowgear.launcher.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Starts of several kinds, step by step beside each other. */
public final class StartComparison {
    private final Map<Kind, List<StartTimes>> starts = new EnumMap<>(Kind.class);

    /** What a start found in the cache folder. */
    public enum Kind {
        FROM_NOTHING("nothing unpacked, no AOT caches"),
        EXTRACTED("unpacked, no AOT caches"),
        AOT_CACHES("unpacked, AOT caches");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }
    }

    /** Adds a start. */
    public void add(Kind kind, StartTimes times) {
        starts.computeIfAbsent(kind, key -> new ArrayList<>()).add(times);
    }

    /**
     * A Markdown table of medians in seconds: of each part its unpacking, and from its process's
     * start until it was ready.
     */
    public String markdown() {
        var text = new StringBuilder("| step |");
        starts.keySet().forEach(kind -> text.append(' ').append(kind.text()).append(" |"));
        text.append("\n|---|").append("---:|".repeat(starts.size())).append('\n');
        row(text, "command to supervisor", times -> times.supervisorMillis() / 1e3);
        for (var part : parts()) {
            row(text, part + ": unpacking", times -> of(times, part).prepareMillis() / 1e3);
            row(text, part + ": start to ready", times -> of(times, part).startMillis() / 1e3);
        }
        row(text, "everything ready, since the command", times -> times.readyMillis() / 1e3);
        row(text, "**first token**, since the command", times -> times.firstTokenMillis() / 1e3);
        row(text, "processor seconds of all processes", StartTimes::cpuSeconds);
        return text.toString();
    }

    private Iterable<String> parts() {
        var names = new LinkedHashSet<String>();
        starts.values()
                .forEach(ofKind ->
                        ofKind.forEach(
                                times -> times.parts().forEach(part -> names.add(part.name()))));
        return names;
    }

    private static StartTimes.PartTimes of(StartTimes times, String part) {
        return times.parts().stream()
                .filter(candidate -> candidate.name().equals(part))
                .findFirst()
                .orElseThrow();
    }

    private void row(StringBuilder text, String step, ToDoubleFunction<StartTimes> value) {
        var medians =
                starts.values().stream()
                        .map(ofKind -> median(ofKind.stream().mapToDouble(value).toArray()))
                        .toList();
        if (medians.stream().allMatch(median -> median < 0.005)) {
            return; // a step that there is not
        }
        text.append("| ").append(step).append(" |");
        medians.forEach(median -> text.append(String.format(Locale.ROOT, " %.1f |", median)));
        text.append('\n');
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
