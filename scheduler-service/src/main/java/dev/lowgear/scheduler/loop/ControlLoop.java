package dev.lowgear.scheduler.loop;

import dev.lowgear.core.control.Answer;
import dev.lowgear.core.control.ControlPlane;
import dev.lowgear.core.control.EngineView;
import dev.lowgear.core.control.Event;
import dev.lowgear.core.control.Invariants;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The one thread that owns the control plane: it drains the inbox, tells the plane, hands the
 * answers out, and looks after time. Everything else only leaves events in the {@link Inbox}.
 */
public final class ControlLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final ControlPlane plane;
    private final Inbox inbox;
    private final AnswerSink sink;
    private final LoopMeter meter;
    private final Duration tickEvery;
    private final Duration saveEvery;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private long tickedAtNanos;
    private long savedAtNanos;
    private volatile List<EngineView> engines = List.of();

    ControlLoop(
            ControlPlane plane,
            Inbox inbox,
            AnswerSink sink,
            LoopMeter meter,
            Duration tickEvery,
            Duration saveEvery,
            LongSupplier nanoTime) {
        this.plane = plane;
        this.inbox = inbox;
        this.sink = sink;
        this.meter = meter;
        this.tickEvery = tickEvery;
        this.saveEvery = saveEvery;
        this.nanoTime = nanoTime;
        this.thread = Thread.ofPlatform().name("control-loop").unstarted(this::run);
    }

    void start() {
        tickedAtNanos = nanoTime.getAsLong();
        savedAtNanos = tickedAtNanos;
        thread.start();
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(STOP_WITHIN);
    }

    /** Whether the loop's thread runs. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Our engines as of the last tick. */
    public List<EngineView> engines() {
        return engines;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                turn(tickEvery);
            }
        } catch (InterruptedException e) {
            LOG.debug("the control loop ends");
        }
    }

    /** One turn: waits at most so long for something, takes in all that is there. */
    void turn(Duration atMost) throws InterruptedException {
        for (Event event : inbox.drain(atMost)) {
            take(event);
        }
        long now = nanoTime.getAsLong();
        if (now - tickedAtNanos >= tickEvery.toNanos()) {
            tickedAtNanos = now;
            take(new Event.Tick(now));
            engines = plane.engines();
        }
        if (now - savedAtNanos >= saveEvery.toNanos()) {
            savedAtNanos = now;
            sink.save(engines);
        }
        sink.flush(now);
    }

    /** A fault in one event must not take the control from all other engines. */
    private void take(Event event) {
        try {
            long before = nanoTime.getAsLong();
            List<Answer> answers = plane.on(event);
            long planNanos = nanoTime.getAsLong() - before;
            for (Answer answer : answers) {
                sink.take(answer);
                long latency = nanoTime.getAsLong() - answer.input().nowNanos();
                meter.answered(answer, planNanos, latency);
                for (String invariant : Invariants.violatedBy(answer)) {
                    LOG.error("invariant=\"{}\" decision={}", invariant, answer.decisionId());
                    meter.violated(invariant);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("event={} could not be taken in", event.getClass().getSimpleName(), e);
            meter.failed();
        }
    }
}
