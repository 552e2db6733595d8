package dev.lowgear.simulator.learning;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.simulator.run.Traffic;
import dev.lowgear.simulator.trace.ChatTrace;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TraceShaping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Traffic from which an engine's speed and power can be learned: windows of a second tell power
 * apart only where loads differ from window to window, not within them.
 */
final class LearningTraffic {
    private static final Duration PHASE = Duration.ofSeconds(32);
    private static final int ROUNDS = 3;
    private static final int SMALLEST_BURST = 2;
    private static final int SHORTENING = 16;
    private static final double[] QUESTIONS_PER_SECOND = {5, 10, 20, 30};

    private final RandomGenerator random;
    private final List<TraceRequest> requests = new ArrayList<>();
    private long nowNanos;

    private LearningTraffic(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Three times over, in phases of 32 s:
     *
     * <ul>
     *   <li>bursts of two chats, four and so on up to the largest batch: each begins with whole
     *       chunks of prefill and fades over every batch below its size;
     *   <li>the same with prompts a sixteenth as long: large batches that only decode;
     *   <li>short questions with short answers, a few to thirty a second: parts of chunks.
     * </ul>
     */
    static Traffic phases(EngineLimits limits, RandomGenerator random) {
        var traffic = new LearningTraffic(random);
        for (int round = 0; round < ROUNDS; round++) {
            for (int size = SMALLEST_BURST; size <= limits.maxBatch(); size *= 2) {
                traffic.burst(size, 1);
                traffic.burst(size, SHORTENING);
            }
            for (double rate : QUESTIONS_PER_SECOND) {
                traffic.questions(rate);
            }
        }
        return clipped(traffic.requests, Duration.ofNanos(traffic.nowNanos), limits);
    }

    private void burst(int size, int shortening) {
        for (TraceRequest chat : chats(size)) {
            requests.add(
                    new TraceRequest(
                            nowNanos,
                            Math.ceilDiv(chat.promptTokens(), shortening),
                            chat.outputTokens()));
        }
        nowNanos += PHASE.toNanos();
    }

    /** So many chats; when they come is the burst's own. */
    private List<TraceRequest> chats(int count) {
        List<TraceRequest> chats = new ArrayList<>();
        while (chats.size() < count) {
            chats.addAll(
                    new ChatTrace(count, ChatTrace.Burst.NONE)
                            .generate(Duration.ofSeconds(1), random));
        }
        return chats.subList(0, count);
    }

    private void questions(double perSecond) {
        for (TraceRequest chat :
                new ChatTrace(perSecond, ChatTrace.Burst.NONE).generate(PHASE, random)) {
            requests.add(
                    new TraceRequest(
                            nowNanos + chat.arrivalNanos(),
                            random.nextInt(30, 301),
                            random.nextInt(8, 61)));
        }
        nowNanos += PHASE.toNanos();
    }

    /** Chat at a steady rate. */
    static Traffic chat(
            double requestsPerSecond,
            Duration length,
            EngineLimits limits,
            RandomGenerator random) {
        return clipped(
                new ChatTrace(requestsPerSecond, ChatTrace.Burst.NONE).generate(length, random),
                length,
                limits);
    }

    private static Traffic clipped(
            List<TraceRequest> requests, Duration length, EngineLimits limits) {
        TraceShaping.Clipped clipped = TraceShaping.clip(requests, limits.maxModelLength());
        return new Traffic(clipped.requests(), length, clipped.clipped());
    }
}
