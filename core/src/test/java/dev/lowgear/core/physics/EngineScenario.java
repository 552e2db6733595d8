package dev.lowgear.core.physics;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.engine.EngineProfile;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random engine under a random load: a tight KV cache, requests in bursts, cancellations, clock
 * and pace changes, and a caller that is sometimes late. Everything follows from the seed.
 */
final class EngineScenario {
    private static final String[] PROFILES = {
        "llama-3.1-8b/a100-40gb/tp1", "llama-2-13b/a100-40gb/tp2", "llama-3-70b/h100/tp4"
    };
    private static final int REQUESTS = 40;

    final SplittableRandom random;
    final EnginePhysics physics;
    final SimulatedEngine engine;
    final EngineLimits limits;
    final TreeMap<Long, EngineRequest> submitted = new TreeMap<>();
    final TreeSet<Long> cancelled = new TreeSet<>();
    final List<Long> inputs = new ArrayList<>();
    private final boolean cancels;
    private long nextId;
    private long nextInputNanos;

    EngineScenario(SplittableRandom random, boolean cancels) {
        this.random = random;
        this.cancels = cancels;
        int maxModelLength = random.nextInt(100, 600);
        int maxBatch = random.nextInt(2, 20);
        this.limits =
                new EngineLimits(
                        16,
                        (maxModelLength + 15) / 16 + random.nextInt(60),
                        maxBatch,
                        maxBatch + random.nextInt(200),
                        maxModelLength);
        EngineProfile profile = EngineProfile.parse(PROFILES[random.nextInt(PROFILES.length)]);
        this.physics = EnginePhysics.perturbed(profile, random);
        this.engine =
                new SimulatedEngine(
                        physics,
                        limits,
                        Disturbances.MEASURED,
                        random.split(),
                        random.nextLong(-1000, 1000));
        this.nextInputNanos = engine.timeNanos();
    }

    /** The next completion, or null when nothing is left to happen. */
    @Nullable IterationCompleted next() {
        while (true) {
            long due = Math.min(engine.nextEventNanos(), nextInputNanos);
            if (due == SimulatedEngine.NEVER) {
                return null;
            }
            long late = random.nextInt(4) == 0 ? random.nextLong(50_000_000) : 0;
            long now = Math.max(due, Math.min(due + late, nextInputNanos));
            IterationCompleted completed = engine.advance(now);
            if (completed != null) {
                return completed;
            }
            if (now == nextInputNanos) {
                input(now);
            }
        }
    }

    private void input(long now) {
        inputs.add(now);
        int kind = random.nextInt(10);
        if (kind == 0) {
            engine.requestClock(random.nextInt(200, 2000), now);
        } else if (kind == 1) {
            engine.pace(random.nextInt(3) == 0 ? 0 : random.nextLong(150_000_000), now);
        } else if (kind == 2 && cancels && nextId > 0) {
            long id = random.nextLong(nextId);
            if (engine.cancel(id, now)) {
                cancelled.add(id);
            }
        } else {
            submit(now);
        }
        long gap = random.nextInt(3) == 0 ? 0 : random.nextLong(400_000_000);
        nextInputNanos = nextId < REQUESTS ? now + gap : SimulatedEngine.NEVER;
    }

    private void submit(long now) {
        int prompt = random.nextInt(1, limits.maxModelLength());
        EngineRequest request =
                new EngineRequest(nextId++, prompt, random.nextInt(1, 200), random.nextInt(1, 300));
        engine.submit(request, now);
        submitted.put(request.id(), request);
    }

    /** Tokens a request must get if nobody cancels it. */
    int owed(EngineRequest request) {
        int bound = Math.min(request.maxTokens(), limits.maxModelLength() - request.promptTokens());
        return Math.min(request.outputTokens(), bound);
    }
}
