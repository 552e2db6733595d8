package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.observation.EngineLoad;
import dev.lowgear.core.observation.FinishedRequest;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.slo.Latencies;

/**
 * VoltanaLLM's EcoFreq (Yu et al., arXiv 2509.04827; {@code freq_manager.py}): of a short list of
 * clocks the lowest whose predicted latency is within the target, by phase; the highest while
 * anything waits in the queue.
 *
 * <pre>
 *   waiting &gt; 0                 → f_max
 *   decode      t(f, B, KV)          ≤ (1 + margin) · ITL
 *   prefill     chunks · t(f, B, KV, chunk) ≤ (1 + margin) · TTFT − longest wait so far
 *   f = lowest of {1005, 1095, 1200, 1305, 1410}/1410 · f_max that meets both, else f_max
 * </pre>
 *
 * <p>What differs: it refuses engines that prefill and decode together, so both of its rules are
 * applied to one engine and the higher clock wins; its predictor is the run's table; the
 * inter-token target is {@link AnswerGap}'s, as it knows no end-to-end one; without a promised TTFT
 * the prefill rule is silent. Its thresholds on token and request rates are off in its own
 * demonstration and here. The clocks are those it was profiled with on an A100, as shares of the
 * highest. Its margin of +.35 is its own, and as good here as any from −.5 to 1 (docs/peers.md).
 */
final class EcoFreq implements GearPolicy.Planning, ListeningPolicy {
    private static final double[] SHARES = {
        1005 / 1410., 1095 / 1410., 1200 / 1410., 1305 / 1410., 1
    };

    private static final double TUNED_MARGIN = .35;

    private final double margin;
    private final AnswerGap gap = new AnswerGap();

    /** With the margin that suits it here. */
    static EcoFreq tuned() {
        return new EcoFreq(TUNED_MARGIN);
    }

    EcoFreq(double margin) {
        this.margin = margin;
    }

    @Override
    public String name() {
        return "eco-freq";
    }

    @Override
    public void finished(FinishedRequest request, Latencies latencies, int tokens) {
        gap.finished(tokens);
    }

    @Override
    public GearChoice choose(Situation situation) {
        ClockRange clocks = situation.clocks();
        EngineLoad load = situation.load();
        if (load.waiting() > 0) {
            return Choices.highest(clocks, "a request waits in the queue: highest clock");
        }
        double itl = (1 + margin) * gap.micros(situation);
        double ttft = prefillBudgetMicros(situation);
        for (double share : SHARES) {
            int clock =
                    clocks.indexAtLeast((int) StrictMath.rint(share * clocks.ladder().highest()));
            if (decodeMicros(situation, clock) <= itl && prefillMicros(situation, clock) <= ttft) {
                return Choices.lowest(
                        clocks,
                        clocks.ladder().mhz(clock),
                        "lowest listed clock whose predicted latencies are within the targets");
            }
        }
        return Choices.highest(clocks, "no listed clock is fast enough");
    }

    /** The target with its margin, less what has been waited. */
    private double prefillBudgetMicros(Situation situation) {
        double left = PrefillWaits.leastMicros(situation);
        if (left == Double.POSITIVE_INFINITY) {
            return left;
        }
        double promised = Double.POSITIVE_INFINITY;
        for (var pressure : situation.pressures()) {
            var ttft = pressure.policy().targets().ttft();
            if (ttft != null) {
                promised = Math.min(promised, ttft.toNanos() / 1e3);
            }
        }
        return left + margin * promised;
    }

    private static double decodeMicros(Situation situation, int clock) {
        EngineLoad load = situation.load();
        return load.running() == 0
                ? 0
                : situation
                        .model()
                        .iterationMicros(clock, load.running(), (double) load.kvTokens(), 0);
    }

    private static double prefillMicros(Situation situation, int clock) {
        EngineLoad load = situation.load();
        PerformanceModel model = situation.model();
        int chunks = PrefillWaits.chunks(situation);
        double each =
                Math.min(
                        (double) load.queuedPrefillTokens(),
                        situation.engine().chunkTokens() - (double) load.running());
        return chunks == 0
                ? 0
                : chunks
                        * model.iterationMicros(
                                clock, load.running(), (double) load.kvTokens(), each);
    }
}
