package dev.lowgear.simulator.policy;

import dev.lowgear.core.gear.ClockRange;
import dev.lowgear.core.gear.GearChoice;
import dev.lowgear.core.gear.GearPolicy;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.gear.Situation;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.projection.Deadline;
import dev.lowgear.core.projection.Projection;
import dev.lowgear.core.projection.Segment;

import java.util.Locale;

/**
 * A PID controller on slack: the textbook answer to "how fast must it run". The process value is
 * the part of its time that the tightest deadline would use at the clock of now,
 *
 * <pre>
 *   y = max_k trim · T_k(f) / remaining_k          within 0 … 3
 * </pre>
 *
 * and the clock's logarithm follows its error in velocity form, which cannot wind up:
 *
 * <pre>
 *   e = y − r        ln x ← clip(ln x + K_p·(e − e′) + K_i·e·Δt + K_d·(e − 2e′ + e″)/Δt)
 * </pre>
 *
 * <p>Nobody publishes a PID for this; the tuning is our own ({@code r}, {@code K_p}, {@code K_i},
 * {@code K_d} and a floor near the knee, below which it would waste energy), swept in
 * docs/peers.md. GreenLLM's decode loop (arXiv 2508.16449) is the nearest relative, on measured
 * token gaps. A lost request is held at the highest clock by nobody: its deadlines are not in the
 * projection.
 */
final class SlackPid implements GearPolicy.Planning {
    /**
     * How it is tuned.
     *
     * @param setPoint {@code r}, share of the time left that the tightest deadline is to use
     * @param proportional {@code K_p}
     * @param integral {@code K_i}, per second
     * @param derivative {@code K_d}, seconds
     * @param floor lowest clock over the highest
     */
    record Tuning(
            double setPoint,
            double proportional,
            double integral,
            double derivative,
            double floor) {}

    private static final Tuning TUNED = new Tuning(.5, .3, .5, 0, .65);

    private static final double HIGHEST_VALUE = 3;
    private static final double SHORTEST_STEP_SECONDS = .05;
    private static final double LONGEST_STEP_SECONDS = 1;

    private final Tuning tuning;
    private double logClock;
    private double error;
    private double errorBefore;
    private long lastNanos = Long.MIN_VALUE;

    /** Tuned by our sweep. */
    static SlackPid tuned() {
        return new SlackPid(TUNED);
    }

    SlackPid(Tuning tuning) {
        this.tuning = tuning;
    }

    @Override
    public String name() {
        return "pid";
    }

    @Override
    public GearChoice choose(Situation situation) {
        ClockRange clocks = situation.clocks();
        double value = value(situation, clock(clocks));
        double now = value - tuning.setPoint();
        if (lastNanos == Long.MIN_VALUE) {
            error = now;
            errorBefore = now;
            lastNanos = situation.nowNanos();
        }
        double seconds =
                Math.clamp(
                        (situation.nowNanos() - lastNanos) / 1e9,
                        SHORTEST_STEP_SECONDS,
                        LONGEST_STEP_SECONDS);
        logClock +=
                tuning.proportional() * (now - error)
                        + tuning.integral() * now * seconds
                        + tuning.derivative() * (now - 2 * error + errorBefore) / seconds;
        logClock = Math.clamp(logClock, StrictMath.log(tuning.floor()), 0);
        errorBefore = error;
        error = now;
        lastNanos = situation.nowNanos();
        return Choices.clock(
                clocks,
                clocks.ladder().mhz(clock(clocks)),
                GearReason.FEEDBACK,
                String.format(
                        Locale.ROOT,
                        "the tightest deadline would use %.0f %% of its time",
                        100 * value));
    }

    private int clock(ClockRange clocks) {
        double mhz = StrictMath.exp(logClock) * clocks.ladder().highest();
        return clocks.indexAtLeast((int) StrictMath.rint(mhz));
    }

    private static double value(Situation situation, int clock) {
        PerformanceModel model = situation.model();
        Projection projection = situation.projection();
        double elapsed = 0;
        double worst = 0;
        int next = 0;
        for (int s = 0; s < projection.segments().size(); s++) {
            Segment segment = projection.segments().get(s);
            double each =
                    situation.trim()
                            * model.iterationMicros(
                                    clock,
                                    segment.batch(),
                                    segment.meanKvTokens(),
                                    segment.prefillTokensPerIteration());
            elapsed += segment.iterations() * each;
            for (; next < projection.deadlines().size(); next++) {
                Deadline deadline = projection.deadlines().get(next);
                if (deadline.segment() != s) {
                    break;
                }
                worst =
                        Math.max(
                                worst,
                                deadline.remainingMicros() <= 0
                                        ? HIGHEST_VALUE
                                        : elapsed / deadline.remainingMicros());
            }
        }
        return Math.min(worst, HIGHEST_VALUE);
    }
}
