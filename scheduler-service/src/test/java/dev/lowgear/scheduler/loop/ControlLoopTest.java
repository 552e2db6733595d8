package dev.lowgear.scheduler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.control.Answer;
import dev.lowgear.core.control.ControlPlane;
import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.control.EngineControl;
import dev.lowgear.core.control.EngineView;
import dev.lowgear.core.control.Event;
import dev.lowgear.core.control.PriorModels;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.gear.MaximumClock;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.TrustGate;
import dev.lowgear.scheduler.Observations;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

class ControlLoopTest {
    private static final AgentId AGENT = new AgentId("a1");

    private final AtomicLong now = new AtomicLong(5_000_000_000L);
    private final Inbox inbox = new Inbox(100);
    private final RecordingSink sink = new RecordingSink();
    private final CountingMeter meter = new CountingMeter();

    private static final class RecordingSink implements AnswerSink {
        private final List<Answer> answers = new ArrayList<>();
        private final List<Integer> saved = new ArrayList<>();
        private int flushes;

        @Override
        public void take(Answer answer) {
            answers.add(answer);
        }

        @Override
        public void flush(long nowNanos) {
            flushes++;
        }

        @Override
        public void save(List<EngineView> engines) {
            saved.add(engines.size());
        }
    }

    private static final class CountingMeter implements LoopMeter {
        private int answered;
        private int failed;

        @Override
        public void answered(Answer answer, long planNanos, long latencyNanos) {
            answered++;
        }

        @Override
        public void violated(String invariant) {
            throw new AssertionError(invariant);
        }

        @Override
        public void failed() {
            failed++;
        }
    }

    private ControlLoop loop(PriorModels priors) {
        var plane =
                new ControlPlane(
                        new EngineControl(new MaximumClock(), ControlTiming.STANDARD),
                        ControlTiming.STANDARD,
                        priors,
                        TrustGate.STANDARD,
                        1);
        return new ControlLoop(
                plane,
                inbox,
                sink,
                meter,
                Duration.ofMillis(100),
                Duration.ofSeconds(15),
                now::get);
    }

    private void announce() {
        inbox.post(new Event.ShardTaken(1, 7));
        inbox.post(
                new Event.AgentSeen(
                        AGENT,
                        List.of(
                                new HostedEngine(
                                        new EngineId("e1"),
                                        AGENT,
                                        "m",
                                        "p",
                                        "f",
                                        64,
                                        512,
                                        ClockLadder.of(705, 1410)))));
    }

    private void observe(long sequence) {
        inbox.offer(
                new Event.ObservationReceived(
                        1,
                        AGENT,
                        Observations.busy("e1", "standard", sequence, 1, Gear.DEFAULT),
                        now.get()));
    }

    @Test
    void answersWhatWaitsInOneTurnAndFlushes() throws InterruptedException {
        ControlLoop loop = loop(engine -> Optional.empty());
        announce();
        observe(1);
        loop.turn(Duration.ZERO);
        assertThat(sink.answers).hasSize(1);
        assertThat(sink.flushes).isEqualTo(1);
        assertThat(meter.answered).isEqualTo(1);
    }

    @Test
    void looksAfterTimeEvenWhenNothingHappens() throws InterruptedException {
        ControlLoop loop = loop(engine -> Optional.empty());
        announce();
        observe(1);
        loop.turn(Duration.ZERO);
        now.addAndGet(Duration.ofMillis(100).toNanos());
        loop.turn(Duration.ZERO);
        assertThat(loop.engines()).hasSize(1);
        now.addAndGet(Duration.ofSeconds(15).toNanos());
        loop.turn(Duration.ZERO);
        assertThat(sink.saved).endsWith(1);
        now.addAndGet(Duration.ofSeconds(6).toNanos());
        loop.turn(Duration.ZERO);
        assertThat(loop.engines()).isEmpty();
    }

    @Test
    void faultInOneEventTakesNothingFromTheOthers() throws InterruptedException {
        ControlLoop loop =
                loop(engine -> {
                    if (engine.id().value().equals("broken")) {
                        throw new IllegalStateException("planted");
                    }
                    return Optional.empty();
                });
        var other = new AgentId("a2");
        inbox.post(
                new Event.AgentSeen(
                        other,
                        List.of(
                                new HostedEngine(
                                        new EngineId("broken"),
                                        other,
                                        "m",
                                        "p",
                                        "f",
                                        64,
                                        512,
                                        ClockLadder.of(1410)))));
        announce();
        observe(1);
        loop.turn(Duration.ZERO);
        assertThat(meter.failed).isEqualTo(1);
        assertThat(sink.answers).hasSize(1);
    }
}
