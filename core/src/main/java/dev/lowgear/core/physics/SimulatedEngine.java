package dev.lowgear.core.physics;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.gpu.ClockLadder;

import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * An inference engine with its GPUs, in simulated time: {@link ContinuousBatch continuous
 * batching}, a {@link ClockSwitch clock} that follows requests late, a pace, and {@link
 * EnginePhysics time and watts}. Time only comes in as an argument: nanoseconds since an origin of
 * the caller's choice, never going back. Same seed and same calls, same run, on every machine.
 *
 * <pre>
 *        submit                    start due                 completed, requests left
 *  IDLE ────────► RESTING ─────────────────────► ITERATING ─────────────────────────► RESTING
 *                    │ last request cancelled        │ completed, none left
 *                    └──────────► IDLE               └──────────► IDLE
 * </pre>
 *
 * No other transition exists. A rest may be of length 0: the next iteration is due
 *
 * <pre>
 * at once                              if a request waits or is in prefill, or the pace is 0
 * at max(now, last start + pace)       otherwise; an arrival or a lower pace ends it early
 * </pre>
 *
 * <p><b>Driving it.</b> {@link #advance} lets time pass up to {@code now} and stops at the first
 * iteration that completes on the way, so that its tokens can be handed on before the next one
 * starts; null means that everything up to {@code now} has happened. {@link #nextEventNanos} is
 * when to come back if nothing else happens. Everything that is done to the engine ({@link
 * #submit}, {@link #cancel}, {@link #requestClock}, {@link #pace}) is refused while something
 * earlier is still to happen, so a loop drains first:
 *
 * <pre>{@code
 * while ((iteration = engine.advance(now)) != null) {
 *     handOn(iteration);                   // may submit, at iteration.endNanos() or later
 * }
 * inputs.drain(input -> input.apply(engine, now));
 * waitUntil(engine.nextEventNanos());      // or an input, whichever is first
 * }</pre>
 *
 * <p>In virtual time {@code now} is {@code nextEventNanos()}: a request submitted right after a
 * completion joins the very next iteration, and a clock requested then is under way when it starts.
 * In real time a late caller changes nothing: iterations completed meanwhile are returned one after
 * the other with their true times, as if the engine were another process.
 *
 * <p>At one instant a completion comes before a clock change, and that before a start. A clock
 * change in the middle of an iteration speeds up or slows down what is left of it.
 *
 * <p>Not thread-safe: one owner calls it.
 */
public final class SimulatedEngine {
    /** The next event of an engine to which nothing will happen by itself. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The longest pace that is accepted, a minute: far beyond any latency target. */
    public static final long LONGEST_PACE_NANOS = 60_000_000_000L;

    /** What the engine is doing. */
    public enum State {
        /** There is no request. */
        IDLE,
        /** There are requests; the next iteration is due, now or when the rest ends. */
        RESTING,
        /** An iteration is running. */
        ITERATING
    }

    private final EnginePhysics physics;
    private final EngineLimits limits;
    private final Disturbances disturbances;
    private final RandomGenerator iterationRandom;
    private final RandomGenerator switchRandom;
    private final ContinuousBatch batch;
    private final ClockSwitch clock;
    private final EngineMeter meter;

    private State state = State.IDLE;
    private long timeNanos;
    private long dueNanos = NEVER;
    private long paceNanos;
    private long completedIterations;
    private @Nullable RunningIteration iteration;
    private long lastStartNanos;

    /**
     * An engine without requests, at the default clock, without a pace.
     *
     * @param random split into one stream each for iterations, clock changes and the energy
     *     counter, so that a policy's clock changes do not shift another one's noise
     */
    public SimulatedEngine(
            EnginePhysics physics,
            EngineLimits limits,
            Disturbances disturbances,
            SplittableGenerator random,
            long startNanos) {
        this.physics = physics;
        this.limits = limits;
        this.disturbances = disturbances;
        this.iterationRandom = random.split();
        this.switchRandom = random.split();
        this.batch = new ContinuousBatch(limits);
        this.clock = new ClockSwitch(physics.profile().gpu().defaultClockMhz());
        this.meter =
                new EngineMeter(physics.profile().tensorParallel(), random.split(), startNanos);
        this.timeNanos = startNanos;
        this.lastStartNanos = startNanos;
    }

    /** An engine with its profile's limits and the disturbances as measured. */
    public SimulatedEngine(EnginePhysics physics, SplittableGenerator random, long startNanos) {
        this(physics, physics.profile().limits(), Disturbances.MEASURED, random, startNanos);
    }

    /**
     * Lets time pass, at most until {@code nowNanos}, up to and including the next completion.
     *
     * @return the iteration that completed, or null if none did until {@code nowNanos}
     */
    public @Nullable IterationCompleted advance(long nowNanos) {
        requireLegal(nowNanos);
        while (nextEventNanos() <= nowNanos) {
            passTo(nextEventNanos());
            if (iteration != null && dueNanos == timeNanos) {
                return complete(iteration);
            }
            if (clock.dueNanos() == timeNanos) {
                changeClock();
            } else {
                begin();
            }
        }
        passTo(nowNanos);
        return null;
    }

    /**
     * When something happens by itself: a completion, a start, a clock change; else {@link #NEVER}.
     */
    public long nextEventNanos() {
        return Math.min(dueNanos, clock.dueNanos());
    }

    /**
     * A request arrives; it ends a rest and joins the next iteration that has room.
     *
     * @throws IllegalArgumentException if its id is taken or its prompt leaves no room for output;
     *     nothing has changed then
     */
    public void submit(EngineRequest request, long nowNanos) {
        enter(nowNanos);
        batch.enqueue(request);
        reconsiderRest();
    }

    /**
     * Takes a request out; the iteration it is part of takes its time but gives it no token.
     *
     * @return whether it was there
     */
    public boolean cancel(long requestId, long nowNanos) {
        enter(nowNanos);
        boolean cancelled = batch.cancel(requestId);
        reconsiderRest();
        return cancelled;
    }

    /**
     * Asks for a clock, as a driver does: the highest supported one that is at most {@code mhz}, in
     * force after a while.
     */
    public void requestClock(int mhz, long nowNanos) {
        enter(nowNanos);
        ClockLadder clocks = physics.profile().gpu().clocks();
        int supported = clocks.mhz(clocks.indexAtMost(mhz));
        if (supported != clock.requestedMhz()) {
            clock.request(supported, nowNanos + disturbances.switchNanos(switchRandom));
        }
    }

    /**
     * Sets the least time between the starts of two iterations, 0 for none.
     *
     * @throws IllegalArgumentException if it is negative or above {@link #LONGEST_PACE_NANOS}
     */
    public void pace(long nanos, long nowNanos) {
        if (nanos < 0 || nanos > LONGEST_PACE_NANOS) {
            throw new IllegalArgumentException("a pace is 0 to 60 s, got " + nanos + " ns");
        }
        enter(nowNanos);
        paceNanos = nanos;
        reconsiderRest();
    }

    /** What the engine is doing. */
    public State state() {
        return state;
    }

    /** Up to when everything has happened. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The clock in force. */
    public int clockMhz() {
        return clock.effectiveMhz();
    }

    /** The pace in force. */
    public long paceNanos() {
        return paceNanos;
    }

    /** Requests in the batch. */
    public int running() {
        return batch.running();
    }

    /** Requests in the engine's own queue. */
    public int queued() {
        return batch.waiting();
    }

    /** KV blocks in use. */
    public int kvBlocksUsed() {
        return batch.kvBlocksUsed();
    }

    /** The limits it runs under. */
    public EngineLimits limits() {
        return limits;
    }

    /** True energy since the start, all GPUs together; no real meter shows this. */
    public EngineEnergy energy() {
        return meter.total();
    }

    /** What the energy counter of each of its GPUs shows, in millijoules. */
    public long gpuCounterMillijoules() {
        return meter.gpuCounterMillijoules();
    }

    /** What the power reading of each of its GPUs shows. */
    public double gpuWatts() {
        return meter.gpuWatts();
    }

    private void begin() {
        IterationWork work = batch.schedule();
        iteration =
                new RunningIteration(
                        work,
                        batch.kvBlocksUsed(),
                        clock.effectiveMhz(),
                        paceNanos,
                        disturbances.timeFactor(iterationRandom),
                        disturbances.stallNanos(iterationRandom),
                        timeNanos);
        iteration.price(physics, clock.effectiveMhz());
        dueNanos = iteration.endNanos();
        lastStartNanos = timeNanos;
        state = State.ITERATING;
    }

    private IterationCompleted complete(RunningIteration done) {
        TokenEvents tokens = batch.complete();
        IterationCompleted completed =
                new IterationCompleted(
                        ++completedIterations,
                        done.startNanos(),
                        timeNanos - done.startNanos(),
                        meter.restNanos(),
                        meter.idleNanos(),
                        done.paceNanos(),
                        done.startClockMhz(),
                        clock.effectiveMhz(),
                        done.work(),
                        done.kvBlocksUsed(),
                        limits.kvBlocks(),
                        batch.waiting(),
                        batch.preemptions(),
                        meter.sinceLastCut(),
                        tokens);
        meter.cut();
        iteration = null;
        state = State.RESTING;
        reconsiderRest();
        return completed;
    }

    private void changeClock() {
        clock.takeEffect();
        if (iteration != null) {
            iteration.continueAt(physics, clock.effectiveMhz(), timeNanos);
            dueNanos = iteration.endNanos();
        }
    }

    private void reconsiderRest() {
        if (state == State.ITERATING) {
            return;
        }
        if (batch.isEmpty()) {
            state = State.IDLE;
            dueNanos = NEVER;
            return;
        }
        boolean rests = paceNanos > 0 && completedIterations > 0 && batch.onlyDecoding();
        state = State.RESTING;
        dueNanos = rests ? Math.max(timeNanos, lastStartNanos + paceNanos) : timeNanos;
    }

    private void passTo(long nanos) {
        double watts =
                iteration != null ? iteration.watts() : physics.restWatts(clock.effectiveMhz());
        meter.flow(state, timeNanos, nanos, watts);
        timeNanos = nanos;
    }

    private void enter(long nowNanos) {
        requireLegal(nowNanos);
        if (nextEventNanos() < nowNanos) {
            throw new IllegalStateException(
                    "advance first: an event is due at "
                            + nextEventNanos()
                            + " ns, before "
                            + nowNanos);
        }
        passTo(nowNanos);
    }

    private void requireLegal(long nowNanos) {
        if (nowNanos < timeNanos) {
            throw new IllegalArgumentException(
                    "time goes forward: " + nowNanos + " ns is before " + timeNanos);
        }
        if (nowNanos == NEVER) {
            throw new IllegalArgumentException("nothing will happen by itself: never is no time");
        }
    }
}
