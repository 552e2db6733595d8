package dev.lowgear.simulator.study;

import dev.lowgear.core.gpu.ClockLadder;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Finds the fixed clock that is best in hindsight without trying all: every third clock from the
 * highest down, until three in a row either miss the attainment or draw 3 % more than the best so
 * far (energy over the clock has one valley, attainment falls with the clock); then the neighbours
 * of the best, two on each side. What to try next follows from what was tried, so that an
 * interrupted sweep goes on where it was.
 */
public final class ClockSweep {
    private static final int STRIDE = 3;
    private static final int HOPELESS_IN_A_ROW = 3;
    private static final double HOPELESS_ENERGY = 1.03;

    /** Attainment that a clock must keep to be chosen. */
    static final double ATTAINMENT = 0.99;

    /**
     * What a clock came to.
     *
     * @param attainment share of requests that met all targets
     * @param joules drawn
     */
    public record Tried(double attainment, double joules) {
        static Tried of(StudyRun run) {
            return new Tried(run.measured().attainment(), run.measured().joules());
        }

        boolean keeps() {
            return attainment >= ATTAINMENT;
        }
    }

    private final ClockLadder ladder;

    /** Of the clocks of an engine. */
    public ClockSweep(ClockLadder ladder) {
        this.ladder = ladder;
    }

    /**
     * How a sweep ended.
     *
     * @param isWhole whether all was tried that had to be
     * @param best the run of the cheapest clock that keeps the attainment, if one does
     */
    public record Swept<R>(boolean isWhole, Optional<R> best) {}

    /**
     * Serves with one clock after the other until the best is known.
     *
     * @param serve runs with a clock in MHz; null if it may not, which ends the sweep
     * @param outcome what a run came to
     */
    public <R> Swept<R> through(IntFunction<@Nullable R> serve, Function<R, Tried> outcome) {
        Map<Integer, R> runs = new HashMap<>();
        Map<Integer, Tried> tried = new HashMap<>();
        for (OptionalInt clock = next(tried); clock.isPresent(); clock = next(tried)) {
            int mhz = clock.getAsInt();
            R run = serve.apply(mhz);
            if (run == null) {
                return new Swept<>(false, Optional.empty());
            }
            runs.put(mhz, run);
            tried.put(mhz, outcome.apply(run));
        }
        return new Swept<>(true, best(tried).flatMap(mhz -> Optional.ofNullable(runs.get(mhz))));
    }

    /** The clock to try next; empty if the best is known. */
    OptionalInt next(Map<Integer, Tried> tried) {
        int hopeless = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = ladder.highestIndex(); i >= 0 && hopeless < HOPELESS_IN_A_ROW; i -= STRIDE) {
            Tried one = tried.get(ladder.mhz(i));
            if (one == null) {
                return OptionalInt.of(ladder.mhz(i));
            }
            boolean worthwhile = one.keeps() && one.joules() <= HOPELESS_ENERGY * least;
            hopeless = worthwhile ? 0 : hopeless + 1;
            least = one.keeps() ? Math.min(least, one.joules()) : least;
        }
        return best(tried).map(best -> neighbour(best, tried)).orElse(OptionalInt.empty());
    }

    private OptionalInt neighbour(int best, Map<Integer, Tried> tried) {
        int middle = nearestStride(ladder.indexAtLeast(best));
        for (int i = middle - STRIDE + 1; i < middle + STRIDE; i++) {
            if (i >= 0 && i < ladder.size() && !tried.containsKey(ladder.mhz(i))) {
                return OptionalInt.of(ladder.mhz(i));
            }
        }
        return OptionalInt.empty();
    }

    /** The index of the stride that a clock belongs to, so that neighbours do not beget more. */
    private int nearestStride(int index) {
        int steps = ladder.highestIndex() - index;
        return ladder.highestIndex() - (steps + STRIDE / 2) / STRIDE * STRIDE;
    }

    /** The cheapest clock tried that keeps the attainment. */
    Optional<Integer> best(Map<Integer, Tried> tried) {
        return tried.entrySet().stream()
                .filter(entry -> entry.getValue().keeps())
                .min(
                        Comparator.comparingDouble((Map.Entry<Integer, Tried> entry) ->
                                        entry.getValue().joules())
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }
}
