package dev.lowgear.core.projection;

import dev.lowgear.core.request.SurvivalCurve;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Projects a scoreboard: batch, KV cache and prefill of the iterations to come, and the deadlines
 * that must hold on the way (throttLL'eM §3.3; Lowgear algorithms, §1 and §4).
 *
 * <p><b>Load.</b> Prefill goes first come, first served ({@link PrefillPlan}); a request decodes
 * one token per iteration from then on and is there with the probability its survival curve gives
 * it ({@link IterationLoads}). Iterations are run-length coded into segments ({@link Boundaries});
 * within one, batch is the mean of its first and last iteration and the cache grows evenly between
 * them.
 *
 * <p><b>Deadlines.</b> A request that generates {@code k} further tokens is complete after {@code n
 * = e + k} iterations, where {@code e} iterations go by before the one that brings its next token.
 * At each quantile of {@code k} it contributes the stricter of
 *
 * <pre>
 *   E2E       arrival + E2E − now
 *   mean TBT  firstToken + (tokens − 1) · TBT − now
 * </pre>
 *
 * weighing the probability between this quantile and the one before; a request without a first
 * token adds its TTFT at {@code e + 1}, weight 1, and limits the time of each iteration it will
 * live in by its mean-TBT target instead, as a tail-TBT target does for every request.
 *
 * <p>A completion inside a segment is moved to the boundary {@code b} before it, with the share of
 * the time that falls to the iterations up to there: {@code T_n ≤ R} becomes {@code T_b ≤ R · b/n},
 * the same if iterations take equally long, and stricter if the later ones are shorter, as they are
 * once prefill is done and batches shrink. Deadlines that cannot bind are left out ({@link
 * BindingDeadlines}), and those of lost requests, unless their policy rescues them.
 *
 * <p><b>Worked example</b> (block size 16): r1 with a prompt of 30 and 5 tokens to generate, r2
 * with 15 and 4, starting two iterations later, give B = [1, 1, 2, 2, 2, 1] and KV = [2, 2, 4, 5,
 * 5, 2] blocks.
 */
public final class Projector {
    private final int blockTokens;
    private final int chunkTokens;
    private final ProjectionForm form;
    private final double[] quantiles;

    /**
     * A projector for one engine.
     *
     * @param blockTokens KV-cache tokens per block, at least 1
     * @param chunkTokens the engine's token budget per iteration, at least 1
     */
    public Projector(int blockTokens, int chunkTokens, ProjectionForm form) {
        if (blockTokens < 1 || chunkTokens < 1) {
            throw new IllegalArgumentException(
                    "block and chunk have tokens, got " + blockTokens + ", " + chunkTokens);
        }
        this.blockTokens = blockTokens;
        this.chunkTokens = chunkTokens;
        this.form = form;
        this.quantiles = form.quantiles();
    }

    /** Projects these requests, in order of admission, from {@code nowNanos} on. */
    public Forecast forecast(Collection<ScoreboardEntry> entries, long nowNanos) {
        if (entries.isEmpty()) {
            return Forecast.IDLE;
        }
        PrefillPlan prefill = new PrefillPlan(entries, chunkTokens);
        Draft draft = new Draft(nowNanos);
        for (ScoreboardEntry entry : entries) {
            if (entry.isDecoding()) {
                draft.add(entry, 0, false);
            }
        }
        for (int i = 0; i < prefill.prompts().size(); i++) {
            draft.add(prefill.prompts().get(i), prefill.lastIteration(i), true);
        }
        return draft.finish(prefill);
    }

    /** A deadline before it has a segment: after so many iterations. */
    private record Due(
            int iterations, long remainingMicros, double weight, Target target, String requestId) {}

    /** A limit on the time of each iteration in [from, to). */
    private record Limit(int from, int to, long micros) {}

    /** One projection in the making. */
    private final class Draft {
        private final long nowNanos;
        private final List<Occupant> occupants = new ArrayList<>();
        private final List<Due> dues = new ArrayList<>();
        private final List<Limit> limits = new ArrayList<>();
        private int horizon = 1;
        private int nextCompletion = Integer.MAX_VALUE;

        Draft(long nowNanos) {
            this.nowNanos = nowNanos;
        }

        /** A request whose next token comes at the end of iteration {@code next}. */
        void add(ScoreboardEntry entry, int next, boolean prefills) {
            int generated = entry.generated();
            SurvivalCurve curve = form.projected(entry.curve(), generated);
            int tokens = entry.promptTokens() + generated;
            occupants.add(
                    prefills
                            ? new Occupant(next + 1, tokens + 1, generated + 1, generated, curve)
                            : new Occupant(0, tokens, generated, generated, curve));
            boolean imposes = entry.imposesDeadlines();
            int last = 0;
            double reached = 0;
            int soonest = Integer.MAX_VALUE;
            for (double quantile : quantiles) {
                int further = curve.furtherTokens(quantile, generated);
                soonest = Math.min(soonest, further);
                double ended = 1 - curve.beyond(generated + further, generated);
                if (further > last && ended > reached) {
                    if (imposes) {
                        completion(entry, next + further, generated + further, ended - reached);
                    }
                    last = further;
                    reached = ended;
                }
            }
            horizon = Math.max(horizon, next + last);
            nextCompletion = Math.min(nextCompletion, next + soonest);
            if (imposes) {
                limits(entry, next, next + last);
            }
        }

        private void completion(ScoreboardEntry entry, int iterations, int tokens, double weight) {
            SloTargets targets = entry.promise().targets();
            long endToEnd = entry.remainingNanos(Target.E2E, nowNanos);
            long mean = targets.nanos(Target.TBT_MEAN);
            long paced =
                    entry.hasFirstToken() && mean != Long.MAX_VALUE
                            ? (tokens - 1) * mean - (nowNanos - entry.firstTokenNanos())
                            : Long.MAX_VALUE;
            long remaining = Math.min(endToEnd, paced);
            if (remaining != Long.MAX_VALUE) {
                dues.add(
                        new Due(
                                iterations,
                                Math.floorDiv(remaining, 1_000),
                                Math.min(weight, 1),
                                endToEnd <= paced ? Target.E2E : Target.TBT_MEAN,
                                entry.requestId()));
            }
        }

        private void limits(ScoreboardEntry entry, int next, int end) {
            SloTargets targets = entry.promise().targets();
            long limit = targets.nanos(Target.TBT_TAIL);
            if (!entry.hasFirstToken()) {
                limit = Math.min(limit, targets.nanos(Target.TBT_MEAN));
                long first = entry.remainingNanos(Target.TTFT, nowNanos);
                if (first != Long.MAX_VALUE) {
                    long micros = Math.floorDiv(first, 1_000);
                    dues.add(new Due(next + 1, micros, 1, Target.TTFT, entry.requestId()));
                }
            }
            int from = entry.hasFirstToken() ? next : next + 1;
            if (limit != Long.MAX_VALUE && from < end) {
                limits.add(new Limit(from, end, Math.max(1, limit / 1_000)));
            }
        }

        Forecast finish(PrefillPlan prefill) {
            Boundaries boundaries = Boundaries.upTo(horizon, prefill);
            int count = boundaries.segments();
            int[] firstAndLast = new int[2 * count];
            for (int s = 0; s < count; s++) {
                firstAndLast[2 * s] = boundaries.start(s);
                firstAndLast[2 * s + 1] = boundaries.end(s) - 1;
            }
            IterationLoads loads = IterationLoads.of(occupants, firstAndLast, blockTokens);
            List<Segment> segments = new ArrayList<>(count);
            double[] kv = new double[count];
            double[] deviation = new double[count];
            for (int s = 0; s < count; s++) {
                Segment segment = segment(boundaries, s, loads, prefill);
                segments.add(segment);
                int length = segment.iterations() - 1;
                double growth = Math.max(loads.batch(2 * s), segment.kvTokensPerIteration());
                kv[s] = segment.kvTokens() + length * growth;
                deviation[s] = blockTokens * Math.sqrt(loads.variance(2 * s));
            }
            return Forecast.of(
                    segments, deadlines(boundaries), new KvForecast(kv, deviation), nextCompletion);
        }

        private Segment segment(
                Boundaries boundaries, int s, IterationLoads loads, PrefillPlan prefill) {
            int start = boundaries.start(s);
            int end = boundaries.end(s);
            int iterations = end - start;
            double first = kvTokens(loads, 2 * s, prefill, start);
            double last = kvTokens(loads, 2 * s + 1, prefill, end - 1);
            long limit = Segment.NO_LIMIT;
            for (Limit one : limits) {
                if (one.from() < end && one.to() > start) {
                    limit = Math.min(limit, one.micros());
                }
            }
            return new Segment(
                    iterations,
                    (loads.batch(2 * s) + loads.batch(2 * s + 1)) / 2,
                    first,
                    iterations == 1 ? 0 : (last - first) / (iterations - 1),
                    (double) (prefill.tokensBefore(end) - prefill.tokensBefore(start)) / iterations,
                    limit);
        }

        private double kvTokens(
                IterationLoads loads, int index, PrefillPlan prefill, int iteration) {
            return blockTokens * (loads.blocks(index) + prefill.blocks(iteration, blockTokens));
        }

        private List<Deadline> deadlines(Boundaries boundaries) {
            List<Deadline> deadlines = new ArrayList<>(dues.size());
            for (Due due : dues) {
                int segment = boundaries.segmentEndingBy(due.iterations());
                deadlines.add(
                        new Deadline(
                                segment,
                                share(
                                        due.remainingMicros(),
                                        boundaries.end(segment),
                                        due.iterations()),
                                due.weight(),
                                due.target(),
                                due.requestId()));
            }
            return BindingDeadlines.inOrder(deadlines);
        }
    }

    /** What of the time left falls to the first {@code part} of {@code whole} iterations. */
    static long share(long remainingMicros, int part, int whole) {
        return remainingMicros <= 0 || part >= whole
                ? remainingMicros
                : (long) StrictMath.floor((double) remainingMicros * part / whole);
    }
}
