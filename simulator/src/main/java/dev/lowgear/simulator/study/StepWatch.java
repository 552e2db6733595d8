package dev.lowgear.simulator.study;

import dev.lowgear.core.physics.IterationCompleted;
import dev.lowgear.core.physics.TokenEvents;
import dev.lowgear.core.slo.Latencies;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.core.slo.Target;
import dev.lowgear.simulator.run.EngineWatch;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/** Sees what a {@link LoadStep} is judged by. */
final class StepWatch implements EngineWatch {
    private final LoadStep step;
    private final SloTargets targets;
    private final long endNanos;
    private final long[] firstTokenNanos;
    private int attained;
    private int ttftMet;
    private int tbtMet;
    private int e2eMet;
    private long tokens;
    private double joules;

    StepWatch(LoadStep step, SloTargets targets) {
        this.step = step;
        this.targets = targets;
        endNanos = step.traffic().length().toNanos();
        firstTokenNanos = new long[step.traffic().requests().size()];
    }

    @Override
    public void iteration(IterationCompleted iteration) {
        long now = iteration.endNanos();
        if (now > step.settledNanos() && now <= endNanos) {
            joules += iteration.energy().joules();
            tokens += iteration.tokens().size();
        }
        TokenEvents given = iteration.tokens();
        for (int i = 0; i < given.size(); i++) {
            int request = Math.toIntExact(given.requestId(i));
            if (given.generated(i) == 1) {
                firstTokenNanos[request] = now;
            }
            if (given.finished(i) && isJudged(request)) {
                judge(request, given.generated(i), now);
            }
        }
    }

    private boolean isJudged(int request) {
        return request >= step.judgedFrom() && request < step.judgedFrom() + step.judged();
    }

    private void judge(int request, int generated, long now) {
        long arrival = step.traffic().requests().get(request).arrivalNanos();
        long first = firstTokenNanos[request];
        Latencies.@Nullable Gaps gaps = null;
        if (generated > 1) {
            long mean = (now - first) / (generated - 1);
            gaps = new Latencies.Gaps(mean, mean);
        }
        Set<Target> missed = new Latencies(first - arrival, now - arrival, gaps).missed(targets);
        ttftMet += missed.contains(Target.TTFT) ? 0 : 1;
        tbtMet += missed.contains(Target.TBT_MEAN) ? 0 : 1;
        e2eMet += missed.contains(Target.E2E) ? 0 : 1;
        attained += missed.isEmpty() ? 1 : 0;
    }

    /** Promises of those judged; energy and tokens from when all has settled. */
    Measured measured(double meanClockMhz, long clockSwitches) {
        return new Measured(
                step.judged(),
                attained,
                ttftMet,
                tbtMet,
                e2eMet,
                joules,
                tokens,
                (endNanos - step.settledNanos()) / 1e9,
                0,
                0,
                0,
                meanClockMhz,
                clockSwitches);
    }
}
