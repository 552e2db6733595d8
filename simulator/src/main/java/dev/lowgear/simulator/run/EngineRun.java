package dev.lowgear.simulator.run;

import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.gear.GearReason;
import dev.lowgear.core.physics.EngineEnergy;
import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.routing.EngineCandidate;
import dev.lowgear.core.routing.LeastLoaded;
import dev.lowgear.simulator.trace.TraceRequest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Serves traffic with one engine or several in virtual time. Engine, scoreboard, projection,
 * admission, lease, reflex, observation and control plane are core's, as live; requests go to the
 * engine with the fewest.
 *
 * <p>A run ends at the end of its traffic and a {@link RunSetup#drain drain} after it, whatever the
 * policy: energy of different policies is compared over the same time, idle or not.
 */
public final class EngineRun {
    private static final LeastLoaded ROUTING = new LeastLoaded();

    private final RunSetup setup;
    private final List<TraceRequest> arrivals;
    private final long endNanos;
    private final List<ServingEngine> engines = new ArrayList<>();
    private final Outcomes outcomes = new Outcomes();
    private final SecondsMeter seconds;
    private final Consumer<ServingEngine> watcher;

    private EngineRun(
            RunSetup setup,
            Traffic traffic,
            EngineWatch watch,
            Disruptions disruptions,
            Consumer<ServingEngine> watcher) {
        this.watcher = watcher;
        this.setup = setup;
        arrivals = traffic.requests();
        endNanos = traffic.length().plus(setup.drain()).toNanos();
        EnginePhysics physics = setup.specimen().physics();
        SplittableRandom noise = setup.specimen().noise();
        for (int i = 0; i < setup.engines(); i++) {
            engines.add(
                    new ServingEngine(
                            setup, i, physics, noise.split(), outcomes, watch, disruptions));
        }
        seconds = new SecondsMeter(engines, endNanos, setup.timeline());
    }

    /** Serves this traffic. */
    public static RunResult of(RunSetup setup, Traffic traffic) {
        return of(setup, traffic, EngineWatch.NONE);
    }

    /** Serves this traffic under the eyes of {@code watch}. */
    public static RunResult of(RunSetup setup, Traffic traffic, EngineWatch watch) {
        return of(setup, traffic, watch, Disruptions.none(setup.controlDelay()), engine -> {});
    }

    /**
     * Serves this traffic while things go wrong.
     *
     * @param watcher sees every engine after every event
     */
    static RunResult of(
            RunSetup setup,
            Traffic traffic,
            EngineWatch watch,
            Disruptions disruptions,
            Consumer<ServingEngine> watcher) {
        return new EngineRun(setup, traffic, watch, disruptions, watcher).serve();
    }

    private RunResult serve() {
        int arrived = 0;
        long now = 0;
        while (now < endNanos) {
            long next = Math.min(endNanos, seconds.dueNanos());
            if (arrived < arrivals.size()) {
                next = Math.min(next, arrivals.get(arrived).arrivalNanos());
            }
            for (ServingEngine engine : engines) {
                next = Math.min(next, engine.nextNanos());
            }
            now = next;
            for (ServingEngine engine : engines) {
                engine.passTo(now);
            }
            while (arrived < arrivals.size() && arrivals.get(arrived).arrivalNanos() <= now) {
                engine(arrived).arrive(arrived, arrivals.get(arrived), now);
                arrived++;
            }
            for (ServingEngine engine : engines) {
                engine.observeIfDue(now);
                watcher.accept(engine);
            }
            if (seconds.dueNanos() <= now) {
                long second = now;
                seconds.tick();
                engines.forEach(engine -> engine.second(second));
            }
        }
        return result();
    }

    private ServingEngine engine(int turn) {
        if (engines.size() == 1) {
            return engines.getFirst();
        }
        List<EngineCandidate> candidates = new ArrayList<>(engines.size());
        for (int i = 0; i < engines.size(); i++) {
            int requests = engines.get(i).requests();
            candidates.add(
                    new EngineCandidate(
                            new EngineId("virtual.engine-" + i),
                            requests,
                            requests,
                            setup.profile().limits().maxBatch()));
        }
        return engines.get(ROUTING.choose(candidates, turn));
    }

    private RunResult result() {
        double busy = 0;
        double rest = 0;
        double idle = 0;
        long iterations = 0;
        Map<GearReason, Long> decisions = new EnumMap<>(GearReason.class);
        for (ServingEngine engine : engines) {
            engine.leave(endNanos);
            EngineEnergy energy = engine.gears().energy();
            busy += energy.busyJoules();
            rest += energy.restJoules();
            idle += energy.idleJoules();
            iterations += engine.gears().iterations();
            engine.decisions()
                    .forEach((reason, count) -> decisions.merge(reason, count, Long::sum));
        }
        return new RunResult(
                setup.policy().name(),
                endNanos / 1e9,
                outcomes.promises(),
                new EngineEnergy(busy, rest, idle),
                outcomes.tokens(),
                outcomes.ttft(),
                outcomes.tbt(),
                outcomes.e2e(),
                gears(),
                seconds.peakWatts(),
                iterations,
                decisions,
                seconds.timeline());
    }

    private GearUse gears() {
        double all = (double) endNanos * engines.size();
        double clock = 0;
        double pace = 0;
        double occupied = 0;
        double busy = 0;
        double rest = 0;
        long switches = 0;
        long directives = 0;
        long reflexes = 0;
        for (ServingEngine serving : engines) {
            GearedEngine engine = serving.gears();
            clock += engine.megahertzNanos();
            pace += engine.paceNanoNanos();
            occupied += engine.occupiedNanos();
            busy += engine.busyNanos();
            rest += engine.restNanos();
            switches += engine.switches();
            directives += engine.directives();
            reflexes += engine.reflexes();
        }
        return new GearUse(
                switches,
                directives,
                reflexes,
                clock / all,
                occupied == 0 ? 0 : pace / occupied / 1e6,
                busy / all,
                rest / all);
    }
}
