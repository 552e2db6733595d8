package dev.lowgear.core.request;

import dev.lowgear.core.request.LengthKey.KeyPart;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Learns answer lengths from the stream of requests.
 *
 * <p>For each key the Kaplan–Meier estimator
 *
 * <pre>
 *   S(n) = Π_{l ≤ n} (1 − d_l / n_l)      d_l answers ended at l, of n_l that reached it
 * </pre>
 *
 * uses answers that were cut off (by {@code max_tokens}, a cancellation, or because they still run)
 * for as long as they were seen: dropping them would make long answers look rare, and right after a
 * start nothing but short answers has ended. Older observations fade ({@link ForgettingCounts}).
 *
 * <p>Keys form levels from coarse to fine: (model), then (model, prompt bucket). The hazards {@code
 * d/n} of a level are shrunk towards those of the coarser one by {@code shrinkage} virtual
 * observations at each length, so a thin key borrows exactly where it is thin: often only in its
 * tail. The coarsest level is shrunk towards a prior for "nothing known yet": the heavy-tailed
 * {@code S(n) = (1 + n/256)⁻²}, whose median is 106 and whose 90th percentile is 553 tokens.
 *
 * <p>What a request says itself wins: {@code ignore_eos} and a hint make a point, {@code
 * min_tokens} and {@code max_tokens} condition and cut.
 *
 * <p>Mutable, owned by one thread. At most {@link #MAXIMUM_KEYS} keys are kept; the one used least
 * recently goes first.
 */
public final class KaplanMeierLengths implements LengthPredictor {
    /** Keys kept per level. */
    static final int MAXIMUM_KEYS = 4096;

    private static final double PRIOR_SCALE = 256;
    private static final double[] PRIOR_HAZARDS = priorHazards();

    private final double halfLife;
    private final double shrinkage;
    private final List<Level> levels;

    /**
     * Learns per model and prompt bucket.
     *
     * @param halfLife observations of a key after which one counts half, positive
     * @param shrinkage virtual observations of the coarser level at each length, positive
     */
    public KaplanMeierLengths(double halfLife, double shrinkage) {
        this(
                halfLife,
                shrinkage,
                List.of(
                        KeyPart.set(KeyPart.MODEL),
                        KeyPart.set(KeyPart.MODEL, KeyPart.PROMPT_BUCKET)));
    }

    /** With other levels, from coarse to fine. */
    KaplanMeierLengths(double halfLife, double shrinkage, List<Set<KeyPart>> levels) {
        if (!(halfLife > 0) || !(shrinkage > 0) || levels.isEmpty()) {
            throw new IllegalArgumentException(
                    "half-life and shrinkage are positive and there is a level, got "
                            + halfLife
                            + ", "
                            + shrinkage);
        }
        this.halfLife = halfLife;
        this.shrinkage = shrinkage;
        this.levels = levels.stream().map(Level::new).toList();
    }

    /** Half-life 1,000 observations, shrinkage 2. */
    public static KaplanMeierLengths standard() {
        return new KaplanMeierLengths(1_000, 2);
    }

    @Override
    public SurvivalCurve curve(String requestId, RequestShape shape) {
        OutputLimits limits = shape.limits();
        if (limits.ignoresEnd()) {
            return SurvivalCurve.point(limits.maximum(), limits.maximum());
        }
        Integer hint = limits.hint();
        if (hint != null) {
            return SurvivalCurve.point(hint, limits.maximum()).within(limits);
        }
        return learned(shape).within(limits);
    }

    @Override
    public void observe(LengthObservation observation) {
        for (Level level : levels) {
            Learned learned = level.of(observation.shape());
            if (observation.censored()) {
                learned.counts.cutOff(observation.generated());
            } else {
                learned.counts.ended(observation.generated());
            }
        }
        forgetCurves();
    }

    /** Replaces what is known of the requests that still run. */
    public void running(List<LengthObservation> requests) {
        for (Level level : levels) {
            level.clearRunning();
            for (LengthObservation request : requests) {
                level.of(request.shape()).counts.stillRunning(request.generated());
            }
        }
        forgetCurves();
    }

    private SurvivalCurve learned(RequestShape shape) {
        Learned finest = levels.getLast().of(shape);
        SurvivalCurve known = finest.curve;
        if (known == null) {
            double[] hazards = PRIOR_HAZARDS;
            for (Level level : levels) {
                hazards = level.of(shape).counts.hazards(hazards, shrinkage);
            }
            known = curve(hazards);
            finest.curve = known;
        }
        return known;
    }

    private void forgetCurves() {
        levels.getLast().forgetCurves();
    }

    private static SurvivalCurve curve(double[] hazards) {
        double[] survival = new double[hazards.length];
        double left = 1;
        for (int i = 0; i < hazards.length; i++) {
            left *= 1 - hazards[i];
            survival[i] = left;
        }
        int[] lengths = LengthGrid.lengths();
        return SurvivalCurve.of(lengths, survival, lengths[lengths.length - 1]);
    }

    private static double[] priorHazards() {
        double[] hazards = new double[LengthGrid.size()];
        double before = 1;
        for (int i = 0; i < hazards.length; i++) {
            double base = 1 + LengthGrid.length(i) / PRIOR_SCALE;
            double after = 1 / (base * base);
            hazards[i] = 1 - after / before;
            before = after;
        }
        return hazards;
    }

    private static final class Learned {
        final ForgettingCounts counts;
        @Nullable SurvivalCurve curve;

        Learned(double halfLife) {
            this.counts = new ForgettingCounts(halfLife);
        }
    }

    private final class Level {
        private final Set<KeyPart> parts;

        /** In order of last use, so that the eldest can go. */
        private final Map<LengthKey, Learned> keys =
                new LinkedHashMap<>(16, .75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<LengthKey, Learned> eldest) {
                        return size() > MAXIMUM_KEYS;
                    }
                };

        Level(Set<KeyPart> parts) {
            this.parts = parts;
        }

        Learned of(RequestShape shape) {
            return keys.computeIfAbsent(LengthKey.of(shape, parts), key -> new Learned(halfLife));
        }

        void clearRunning() {
            keys.values().forEach(learned -> learned.counts.clearRunning());
        }

        void forgetCurves() {
            keys.values().forEach(learned -> learned.curve = null);
        }
    }
}
