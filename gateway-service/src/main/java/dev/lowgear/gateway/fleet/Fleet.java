package dev.lowgear.gateway.fleet;

import dev.lowgear.contract.AgentInventory;
import dev.lowgear.core.fleet.AgentId;
import dev.lowgear.core.fleet.EngineId;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The agents and engines this gateway knows. All of it is soft state: inventories come again with
 * every heartbeat, and an agent that falls silent is not asked any more. Writers replace a whole
 * immutable view under a lock; readers never wait.
 *
 * <p>An agent that did not answer is suspect for a while: it is tried only when nobody else serves
 * the model. Until it was heard of again it is not believed to be back.
 */
public final class Fleet {
    private static final Duration SUSPICION = Duration.ofSeconds(2);

    private final long silenceNanos;
    private final Object writing = new Object();
    private volatile Map<AgentId, AgentView> agents = Map.of();
    private volatile Map<String, ServedModel> models = Map.of();
    private final Map<EngineId, Integer> active = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * A fleet of which nothing is known.
     *
     * @param silence how long an agent may stay silent before it gets no more requests
     */
    public Fleet(Duration silence) {
        silenceNanos = silence.toNanos();
    }

    /** Calls back whenever an engine may have come or gone. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Takes an inventory, which is a heartbeat too.
     *
     * @throws IllegalArgumentException naming what in it is impossible
     */
    public void announced(AgentInventory inventory, long nowNanos) {
        put(AgentView.of(inventory, nowNanos));
    }

    /** Takes what an agent answered about its engines when asked. */
    public void asked(AgentId agent, URI url, List<PolledEngine> engines, long nowNanos) {
        List<ServingEngine> serving = new ArrayList<>();
        for (PolledEngine engine : engines) {
            serving.add(engine.at(agent, url, known(agent, engine.engineId())));
        }
        put(new AgentView(agent, url, false, List.copyOf(serving), nowNanos, nowNanos));
    }

    /** Takes how many requests an engine reported to hold. */
    public void reported(EngineId engine, int requests) {
        active.put(engine, requests);
    }

    /** Forgets an agent that withdrew. */
    public void withdrawn(AgentId agent) {
        synchronized (writing) {
            Map<AgentId, AgentView> changed = new TreeMap<>(agents);
            changed.remove(agent);
            replace(changed);
        }
        listeners.forEach(Runnable::run);
    }

    /** Takes that an agent did not answer. */
    public void unreachable(AgentId agent, long nowNanos) {
        synchronized (writing) {
            AgentView view = agents.get(agent);
            if (view == null) {
                return;
            }
            Map<AgentId, AgentView> changed = new TreeMap<>(agents);
            changed.put(agent, view.suspectUntil(nowNanos + SUSPICION.toNanos()));
            agents = changed;
        }
        listeners.forEach(Runnable::run);
    }

    private void put(AgentView view) {
        AgentView before;
        synchronized (writing) {
            Map<AgentId, AgentView> changed = new TreeMap<>(agents);
            before = changed.put(view.id(), view);
            replace(changed);
        }
        if (before == null || !before.engines().equals(view.engines()) || before.draining()) {
            listeners.forEach(Runnable::run);
        }
    }

    private void replace(Map<AgentId, AgentView> changed) {
        agents = changed;
        Map<String, ServedModel> served = new TreeMap<>();
        for (AgentView agent : changed.values()) {
            for (ServingEngine engine : agent.engines()) {
                if (!engine.state().equals("stopped")) {
                    served.merge(
                            engine.model(),
                            new ServedModel(engine.model(), engine.maximumModelLength()),
                            ServedModel::longer);
                }
            }
        }
        models = served;
    }

    private @Nullable ServingEngine known(AgentId agent, String engineId) {
        AgentView view = agents.get(agent);
        if (view == null) {
            return null;
        }
        return view.engines().stream()
                .filter(engine -> engine.id().value().equals(engineId))
                .findFirst()
                .orElse(null);
    }

    /** Engines that can take a request for the model, by id; suspects only if nobody else can. */
    public List<ServingEngine> serving(String model, long nowNanos) {
        List<ServingEngine> trusted = new ArrayList<>();
        List<ServingEngine> suspects = new ArrayList<>();
        for (AgentView agent : agents.values()) {
            if (agent.draining() || agent.isSilent(nowNanos, silenceNanos)) {
                continue;
            }
            for (ServingEngine engine : agent.engines()) {
                if (engine.isReady() && engine.model().equals(model)) {
                    (agent.isSuspect(nowNanos) ? suspects : trusted).add(engine);
                }
            }
        }
        List<ServingEngine> serving = trusted.isEmpty() ? suspects : trusted;
        serving.sort(Comparator.comparing(ServingEngine::id));
        return serving;
    }

    /** Requests the engine reported to hold, 0 if it never reported. */
    public int active(EngineId engine) {
        return active.getOrDefault(engine, 0);
    }

    /** Every model that some engine serves or will serve. */
    public List<String> models() {
        return List.copyOf(models.keySet());
    }

    /** A model by name. */
    public Optional<ServedModel> model(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** Where an agent is reached. */
    public Optional<URI> urlOf(String agentId) {
        return agents.values().stream()
                .filter(agent -> agent.id().value().equals(agentId))
                .map(AgentView::url)
                .findFirst();
    }

    /** The agents as the admin API shows them. */
    public List<AgentStatus> agents(long nowNanos) {
        return agents.values().stream()
                .map(agent ->
                        new AgentStatus(
                                agent.id().value(),
                                agent.url().toString(),
                                agent.draining(),
                                !agent.isSilent(nowNanos, silenceNanos)
                                        && !agent.isSuspect(nowNanos),
                                (nowNanos - agent.heardNanos()) / 1_000_000,
                                agent.engines().stream()
                                        .map(engine -> engine.id().value())
                                        .toList()))
                .toList();
    }

    /**
     * A model that can be asked for.
     *
     * @param name served model name
     * @param maximumLength most tokens of prompt and answer together, 0 if not known
     */
    public record ServedModel(String name, int maximumLength) {
        private ServedModel longer(ServedModel other) {
            return other.maximumLength > maximumLength ? other : this;
        }
    }

    /**
     * An agent as the admin API shows it.
     *
     * @param reachable whether it was heard of lately and answered
     * @param silentMillis since it was last heard of
     */
    public record AgentStatus(
            String agentId,
            String url,
            boolean draining,
            boolean reachable,
            long silentMillis,
            List<String> engines) {}
}
