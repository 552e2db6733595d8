package dev.lowgear.simulator.study;

import dev.lowgear.core.slo.SloTargets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The sets of targets that policies are compared under. Each leaves the end to end open. */
public enum SloSet {
    /** What throttLL'eM promises: end to end, and 200 ms between tokens on average. */
    PAPER(null, Duration.ofMillis(200)),
    /** What a chat wants: first token within 2 s, 60 ms between tokens, and end to end. */
    INTERACTIVE(Duration.ofSeconds(2), Duration.ofMillis(60));

    private final @Nullable Duration ttft;
    private final Duration tbtMean;

    SloSet(@Nullable Duration ttft, Duration tbtMean) {
        this.ttft = ttft;
        this.tbtMean = tbtMean;
    }

    /** The set of that name, for example {@code paper}, if there is one. */
    public static Optional<SloSet> named(String option) {
        return Arrays.stream(values()).filter(set -> set.option().equals(option)).findFirst();
    }

    /** The name used on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its targets with that end to end; a time to first token is never later than it. */
    public SloTargets targets(Duration e2e) {
        Duration first = ttft != null && ttft.compareTo(e2e) > 0 ? e2e : ttft;
        return new SloTargets(first, tbtMean, null, e2e);
    }
}
