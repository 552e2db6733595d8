package dev.lowgear.simulator.hindsight;

import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.physics.IterationWork;

/**
 * Looks for the schedule of least energy that misses no more than it may, all traffic being known.
 *
 * <p><b>Start.</b> The best of a grid of schedules priced by the work in the system, {@code λ_w =
 * scale · β · (decoding + 2·waiting)²} as each window begins, over {@code β}, the credit {@code C}
 * and with or without rest.
 *
 * <p><b>Descent.</b> The schedule is swept from its beginning to its end, in blocks of 32, 8, 4, 2
 * and 1 windows. Each block is moved by −4 … +4 rungs of price and ±1 of rest, and the move is kept
 * that lowers
 *
 * <pre>
 *   L = joules + μ · Σ soft misses            soft = 1 / (1 + exp((1 − share)/τ))
 * </pre>
 *
 * most, over the block and a look-ahead beyond it in which the schedule stays; what is unfinished
 * then counts with the joules it will take and by how nearly it will miss. {@code share} is the
 * largest part of a target that a request used up. After each sweep the whole schedule is served
 * once: a sweep that did not lower {@code L} is undone. The price of a miss {@code μ} is the dual
 * variable: it rises while more is missed than may be, and falls otherwise; {@code τ} falls from
 * .05 to .01. The cheapest schedule of all those served whole that misses no more than it may is
 * what was found; if there is none, the one that misses least.
 *
 * <p><b>Budget.</b> Counted in simulated iterations, not in time: the same search gives the same
 * schedule on every machine, only sooner or later. {@link #ITERATIONS_PER_SECOND} of them are about
 * a second of one core. A search that no longer gains ends early.
 *
 * <p>What is found is a result of a search and not a bound. There is no noise and no delay of
 * switching in it, which no real planner is spared.
 */
final class ScheduleSearch {
    /** What a search second buys. */
    static final long ITERATIONS_PER_SECOND = 4_000_000;

    private static final double[] CREDITS = {0, .5, 1};
    private static final double STATIC_SHARE = .9;
    private static final double LEAST_BETA = 1e-5;
    private static final double BETA_STEP = 2.5;
    private static final int BETAS = 12;
    private static final int[] BLOCKS = {32, 8, 4, 2, 1};
    private static final int[][] MOVES = {
        {-4, 0}, {-2, 0}, {-1, 0}, {1, 0}, {2, 0}, {4, 0}, {0, -1}, {0, 1}, {-2, 1}, {2, -1}
    };
    private static final int CLOCK_MOVES = 6;
    private static final double LONGEST_LOOK_AHEAD_SECONDS = 25;
    private static final double SHORTEST_LOOK_AHEAD_SECONDS = 6;
    private static final double WIDEST = .05;
    private static final double NARROWEST = .01;
    private static final double GAIN_WORTH_GOING_ON = 2e-4;
    private static final int FRUITLESS_ROUNDS = 3;

    private final KnownTraffic work;
    private final EnginePhysics physics;
    private final PricedClocks clocks;
    private final int allowedMisses;
    private final boolean rests;
    private final double longestPaceSeconds;
    private final double scaleWatts;
    private final double idleWatts;
    private final double promptTokenJoules;
    private final double windowSeconds;
    private final int windows;
    private final double lookAheadSeconds;

    private long left;
    private long spent;
    private int served;
    private Found best;
    private int bestServed;
    private double creditWatts;
    private double missJoules;
    private double softness = WIDEST;

    /**
     * A schedule that was served whole.
     *
     * @param schedule it
     * @param creditWatts the credit its clocks were chosen with
     * @param joules to the horizon
     * @param missed requests that missed a target or did not end
     * @param softMisses the same, blurred
     */
    record Found(
            Schedule schedule, double creditWatts, double joules, int missed, double softMisses) {
        private boolean isBetterThan(Found other, int allowed) {
            boolean keeps = missed <= allowed;
            if (keeps != other.missed <= allowed) {
                return keeps;
            }
            return keeps
                    ? joules < other.joules
                    : missed < other.missed || (missed == other.missed && joules < other.joules);
        }

        private double lagrangian(double missJoules) {
            return joules + missJoules * softMisses;
        }
    }

    /**
     * A search over that workload.
     *
     * @param allowedMisses requests that may miss a target
     * @param longestPaceSeconds 0 for the clock alone
     */
    ScheduleSearch(
            KnownTraffic work,
            EnginePhysics physics,
            int allowedMisses,
            double longestPaceSeconds,
            double windowSeconds) {
        this.work = work;
        this.physics = physics;
        this.allowedMisses = allowedMisses;
        this.longestPaceSeconds = longestPaceSeconds;
        this.windowSeconds = windowSeconds;
        rests = longestPaceSeconds > 0;
        clocks = new PricedClocks(physics);
        EngineLimits limits = physics.profile().limits();
        ClockLadder ladder = physics.profile().gpu().clocks();
        var fullChunk =
                new IterationWork(
                        33,
                        32,
                        limits.chunkTokens() - 32,
                        1,
                        limits.kvCapacityTokens() / 2,
                        limits.chunkTokens() * 500.);
        idleWatts = physics.restWatts(ladder.lowest());
        scaleWatts = physics.fullClockWatts(fullChunk) - idleWatts;
        int knee = clocks.best(fullChunk, -idleWatts);
        promptTokenJoules =
                clocks.seconds(fullChunk, knee)
                        * (clocks.watts(fullChunk, knee) - idleWatts)
                        / limits.chunkTokens();
        windows = Math.max(1, (int) Math.ceil(work.horizonSeconds / windowSeconds));
        double promised = Double.isInfinite(work.e2eSeconds) ? 0 : 1.1 * work.e2eSeconds;
        lookAheadSeconds =
                Math.clamp(promised, SHORTEST_LOOK_AHEAD_SECONDS, LONGEST_LOOK_AHEAD_SECONDS);
        best = new Found(blank(), 0, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, 0);
    }

    /** Searches, for at least the start and at most so many iterations. */
    Found search(long iterations) {
        left = iterations;
        Found current = start();
        creditWatts = current.creditWatts();
        int fruitless = 0;
        while (left > 0 && fruitless < FRUITLESS_ROUNDS) {
            double before = best.joules();
            boolean kept = best.missed() <= allowedMisses;
            current = descend(current);
            softness = Math.max(NARROWEST, softness * .7);
            boolean gained =
                    best.joules() < before * (1 - GAIN_WORTH_GOING_ON)
                            || (!kept && best.missed() <= allowedMisses);
            fruitless = gained || softness > NARROWEST ? 0 : fruitless + 1;
            current = reserve(current.schedule());
        }
        return best;
    }

    /** Iterations that were simulated. */
    long spent() {
        return spent;
    }

    /** Schedules that were served whole. */
    int served() {
        return served;
    }

    private Schedule blank() {
        return new Schedule(scaleWatts, windowSeconds, windows);
    }

    private ScheduledEngine engine(double credit) {
        return new ScheduledEngine(work, physics, clocks, credit, longestPaceSeconds, softness);
    }

    private Found start() {
        double sunk =
                STATIC_SHARE
                        * physics.fullClockWatts(IterationWork.decode(32, 0))
                        * physics.relativeBusyWatts(0);
        Found[] row = new Found[BETAS];
        Found[] chosen = row;
        for (double share : CREDITS) {
            double credit = idleWatts + share * Math.max(0, sunk - idleWatts);
            for (int rest = 0;
                    rest <= (rests ? Schedule.SUGGESTED_REST : 0);
                    rest += Schedule.SUGGESTED_REST) {
                row = new Found[BETAS];
                boolean leads = false;
                double beta = LEAST_BETA;
                for (int i = 0; i < BETAS; i++) {
                    row[i] = priced(beta, credit, rest);
                    leads |= bestServed == served;
                    beta *= BETA_STEP;
                }
                chosen = leads ? row : chosen;
            }
        }
        missJoules = slope(chosen);
        return best;
    }

    private Found priced(double beta, double credit, int rest) {
        Schedule schedule = blank();
        for (int window = 0; window < windows; window++) {
            schedule.set(window, 0, rest);
        }
        ScheduledEngine engine =
                engine(credit)
                        .pricedBy((state, window) -> {
                            double load = state.decoding() + 2. * state.waiting();
                            schedule.set(
                                    window, schedule.rungOf(scaleWatts * beta * load * load), rest);
                        });
        return serve(engine, schedule, credit);
    }

    /** What a miss less costs about where as much is missed as may be. */
    private double slope(Found[] row) {
        double steepest = 2 * best.joules() / work.requests;
        for (Found found : row) {
            if (found != null && found.missed() > best.missed() && found.joules() < best.joules()) {
                double each = (best.joules() - found.joules()) / (found.missed() - best.missed());
                steepest = Math.max(steepest, each);
            }
        }
        return steepest;
    }

    /** One sweep for each size of block. */
    private Found descend(Found from) {
        Found current = from;
        for (int block : BLOCKS) {
            if (left <= 0) {
                return current;
            }
            double tokenJoules = tokenJoules(current);
            Schedule swept = current.schedule().copy();
            sweep(swept, block, tokenJoules);
            Found after = reserve(swept);
            if (after.lagrangian(missJoules) < current.lagrangian(missJoules)) {
                current = after;
            }
            reprice(after.missed());
        }
        return current;
    }

    private void reprice(int missed) {
        if (missed > allowedMisses) {
            missJoules *= missed > 1.5 * allowedMisses + 1 ? 1.6 : 1.2;
        } else {
            missJoules *= missed < .7 * allowedMisses - 1 ? .7 : .93;
        }
    }

    private double tokenJoules(Found found) {
        long tokens = 0;
        long prompts = 0;
        for (int i = 0; i < work.requests; i++) {
            tokens += work.outputTokens[i];
            prompts += work.promptTokens[i];
        }
        double busy =
                found.joules() - idleWatts * work.horizonSeconds - prompts * promptTokenJoules;
        return Math.max(0, busy / tokens);
    }

    private void sweep(Schedule schedule, int block, double tokenJoules) {
        ScheduledEngine here = engine(creditWatts);
        ScheduledEngine trial = engine(creditWatts);
        Schedule original = blank();
        for (int from = 0; from < windows && left > 0; from += block) {
            int to = Math.min(windows, from + block);
            long before = here.iterations();
            here.passTo(schedule, schedule.startSeconds(from));
            spend(here.iterations() - before);
            double end = Math.min(work.horizonSeconds, to * windowSeconds + lookAheadSeconds);
            if (here.isEmpty() && nothingArrives(here, to * windowSeconds)) {
                continue;
            }
            original.take(schedule, from, to);
            double least = value(here, trial, schedule, end, tokenJoules);
            int bestMove = -1;
            int moves = rests ? MOVES.length : CLOCK_MOVES;
            for (int move = 0; move < moves; move++) {
                schedule.shift(from, to, MOVES[move][0], MOVES[move][1]);
                double value = value(here, trial, schedule, end, tokenJoules);
                if (value < least) {
                    least = value;
                    bestMove = move;
                }
                schedule.take(original, from, to);
            }
            if (bestMove >= 0) {
                schedule.shift(from, to, MOVES[bestMove][0], MOVES[bestMove][1]);
            }
        }
    }

    private boolean nothingArrives(ScheduledEngine here, double endSeconds) {
        return here.nextArrivalSeconds() >= endSeconds;
    }

    private double value(
            ScheduledEngine here,
            ScheduledEngine trial,
            Schedule schedule,
            double end,
            double tokenJoules) {
        trial.copyFrom(here);
        trial.passTo(schedule, end);
        spend(trial.iterations() - here.iterations());
        return trial.joulesAt(end)
                + missJoules * (trial.softMisses() + trial.softMissesToCome())
                + tokenJoules * trial.tokensToCome()
                + promptTokenJoules * trial.promptTokensToCome();
    }

    /** Serves a schedule whole, from the beginning. */
    private Found reserve(Schedule schedule) {
        return serve(engine(creditWatts), schedule, creditWatts);
    }

    private Found serve(ScheduledEngine engine, Schedule schedule, double credit) {
        engine.passTo(schedule, work.horizonSeconds);
        spend(engine.iterations());
        served++;
        var found =
                new Found(
                        schedule,
                        credit,
                        engine.joulesAt(work.horizonSeconds),
                        engine.missed() + engine.unfinished(),
                        engine.softMisses() + engine.unfinished());
        if (found.isBetterThan(best, allowedMisses)) {
            best = found;
            bestServed = served;
        }
        return found;
    }

    private void spend(long iterations) {
        spent += iterations;
        left -= iterations;
    }
}
