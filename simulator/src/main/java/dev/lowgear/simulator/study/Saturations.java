package dev.lowgear.simulator.study;

import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.trace.ChatTrace;
import dev.lowgear.simulator.trace.TraceShaping;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * End-to-end targets and saturations, remembered in a file, because finding one takes some thirty
 * runs. An entry's key covers all it depends on: every row of the trace, the engine, its seed, the
 * targets, the method, and what a short reference run of that very engine comes to, so that a
 * changed simulator finds anew.
 */
public final class Saturations implements Closeable {
    private static final ChatTrace REFERENCE = new ChatTrace(1, ChatTrace.Burst.NONE);
    private static final Duration REFERENCE_LENGTH = Duration.ofMinutes(3);

    /** A number found; {@code about} is for whoever reads the file. */
    private record Entry(String key, String about, double value) {}

    private final @Nullable JsonLines<Entry> file;
    private final Map<String, Double> known = new ConcurrentHashMap<>();
    private final Map<Specimen, String> behaviours = new ConcurrentHashMap<>();

    private Saturations(@Nullable JsonLines<Entry> file) {
        this.file = file;
        if (file != null) {
            file.found().forEach(entry -> known.put(entry.key(), entry.value()));
        }
    }

    /** Those that are forgotten when it is closed. */
    public static Saturations inMemory() {
        return new Saturations(null);
    }

    /**
     * Those of a file, which grows with every one that is found.
     *
     * @throws IOException if it cannot be read and written
     */
    public static Saturations in(Path file) throws IOException {
        return new Saturations(JsonLines.open(file, Entry.class));
    }

    /**
     * The saturation under a set of targets: the end to end first, then r* with it.
     *
     * @throws IllegalArgumentException if the targets cannot be met at any rate
     */
    public Saturation of(Workload workload, Specimen specimen, SloSet set) {
        return of(workload, specimen, set.targets(e2e(workload, specimen)));
    }

    /**
     * The saturation under those targets.
     *
     * @throws IllegalArgumentException if they cannot be met at any rate
     */
    public Saturation of(Workload workload, Specimen specimen, SloTargets targets) {
        String promised =
                Arrays.stream(Target.values())
                        .map(target -> target + "=" + targets.nanos(target))
                        .collect(Collectors.joining(" "));
        double rate =
                remembered(
                        "saturation",
                        workload,
                        specimen,
                        promised + " " + Saturation.method(),
                        () -> Saturation.find(workload, specimen, targets));
        return new Saturation(targets, rate, rate * workload.requestsPerSecond());
    }

    /** The end-to-end target of that workload on that engine. */
    public Duration e2e(Workload workload, Specimen specimen) {
        double millis =
                remembered(
                        "e2e",
                        workload,
                        specimen,
                        workload.shape().e2eFactor() + " " + E2eTarget.method(),
                        () -> E2eTarget.of(workload, specimen).toMillis());
        return Duration.ofMillis((long) millis);
    }

    private double remembered(
            String what, Workload workload, Specimen specimen, String method, DoubleSupplier find) {
        String about =
                "%s of %s on %s %s seed %d"
                        .formatted(
                                what,
                                workload.name(),
                                specimen.profile(),
                                specimen.perturbed() ? "perturbed" : "nominal",
                                specimen.seed());
        String key =
                Fingerprint.of(
                        what,
                        workload.fingerprint(),
                        specimen.profile().limits().toString(),
                        Long.toString(specimen.seed()),
                        Double.toString(E2eTarget.lightLoad(specimen)),
                        method,
                        behaviours.computeIfAbsent(specimen, Saturations::behaviour));
        Double before = known.get(key);
        if (before != null) {
            return before;
        }
        double value = find.getAsDouble();
        if (known.put(key, value) == null && file != null) {
            try {
                file.append(new Entry(key, about, value));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return value;
    }

    /** The latencies of a reference run; what it draws has no part in saturation. */
    private static String behaviour(Specimen specimen) {
        var requests = REFERENCE.generate(REFERENCE_LENGTH, new SplittableRandom(1));
        int window = specimen.profile().limits().maxModelLength();
        RunResult result =
                MaximumClockRun.of(
                        specimen,
                        SloTargets.STANDARD,
                        TraceShaping.clip(requests, window).requests());
        return Arrays.toString(result.ttft().byHalfPercent())
                + Arrays.toString(result.e2e().byHalfPercent());
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
