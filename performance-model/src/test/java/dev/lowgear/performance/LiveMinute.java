package dev.lowgear.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.OperatingPoint;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Telemetry as a live engine sends it: iteration after iteration, a batch that wanders with the
 * traffic, prompts that arrive in chunks, and one of eight clocks held for two seconds at a time
 * while no trusted table exists.
 */
final class LiveMinute {
    private static final int EXPLORED = 8;
    private static final double HELD_MICROS = 2e6;
    private static final double PROMPTS_PER_SECOND = 2.5;
    private static final double MEAN_ANSWER = 250;

    private final Telemetry.Truth truth;
    private final SplittableRandom random;
    private final List<TrainingSample> samples = new ArrayList<>();
    private List<Running> running = List.of();
    private int queuedPrefill;
    private int prefillDone;

    private LiveMinute(Telemetry.Truth truth, SplittableRandom random) {
        this.truth = truth;
        this.random = random;
    }

    /** Iterations of so many seconds. */
    static List<TrainingSample> of(Telemetry.Truth truth, int seconds, SplittableRandom random) {
        LiveMinute live = new LiveMinute(truth, random);
        double now = 0;
        while (now < seconds * 1e6) {
            now += live.iterate(now);
        }
        return live.samples;
    }

    /** The clocks explored, from the highest down to half of it. */
    static int clock(ClockLadder clocks, int step) {
        return clocks.mhz(clocks.indexAtLeast((int) (clocks.highest() * (1 - step / 14.0))));
    }

    private double iterate(double now) {
        SplittableRandom held = new SplittableRandom(977 * (long) (now / HELD_MICROS));
        int clockMhz = clock(truth.clocks(), held.nextInt(EXPLORED));
        int chunk = Math.min(queuedPrefill, 512 - running.size());
        int kvTokens = running.stream().mapToInt(Running::tokens).sum();
        OperatingPoint at = new OperatingPoint(clockMhz, running.size(), kvTokens, chunk);
        double micros = truth.micros(at, prefillDone) * noise();
        samples.add(
                new TrainingSample(
                        (long) now,
                        clockMhz,
                        at.batch(),
                        kvTokens,
                        chunk,
                        chunk > 0 ? prefillDone : 0,
                        micros));
        advance(chunk);
        if (random.nextDouble() < PROMPTS_PER_SECOND * micros / 1e6) {
            queuedPrefill += (int) (100 + 1_500 * random.nextDouble() * random.nextDouble());
        }
        return micros;
    }

    private void advance(int chunk) {
        List<Running> next = new ArrayList<>();
        for (Running request : running) {
            if (request.remaining() > 1) {
                next.add(new Running(request.tokens() + 1, request.remaining() - 1));
            }
        }
        queuedPrefill -= chunk;
        prefillDone += chunk;
        if (chunk > 0 && queuedPrefill == 0) {
            double answer = -MEAN_ANSWER * StrictMath.log(1 - random.nextDouble());
            next.add(new Running(prefillDone, 1 + (int) answer));
            prefillDone = 0;
        }
        running = next;
    }

    private record Running(int tokens, int remaining) {}

    private double noise() {
        return Telemetry.noise(random);
    }
}
