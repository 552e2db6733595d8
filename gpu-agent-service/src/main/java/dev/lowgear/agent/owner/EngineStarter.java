package dev.lowgear.agent.owner;

import dev.lowgear.agent.AgentProperties;
import dev.lowgear.agent.engine.EngineIdentity;
import dev.lowgear.agent.engine.InferenceEngine;
import dev.lowgear.agent.engine.simulated.SimulatedInference;
import dev.lowgear.agent.gear.GearHolder;
import dev.lowgear.agent.gear.GuardianLink;
import dev.lowgear.agent.publishing.RecordPublisher;
import dev.lowgear.agent.telemetry.EngineTelemetry;
import dev.lowgear.agent.telemetry.RequestEvents;
import dev.lowgear.core.engine.EngineLimits;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.lease.GearLease;
import dev.lowgear.core.lease.NodeBounds;
import dev.lowgear.core.projection.ProjectionForm;
import dev.lowgear.core.projection.Projector;
import dev.lowgear.core.request.KaplanMeierLengths;
import dev.lowgear.guardian.client.GuardianClient;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;

/** Puts one engine of the configuration together and starts its thread. */
public final class EngineStarter {
    private final AgentProperties properties;
    private final GuardianClient guardian;
    private final RecordPublisher telemetryPublisher;
    private final RecordPublisher projectionPublisher;
    private final InstantSource time;

    public EngineStarter(
            AgentProperties properties,
            GuardianClient guardian,
            RecordPublisher telemetryPublisher,
            RecordPublisher projectionPublisher,
            InstantSource time) {
        this.properties = properties;
        this.guardian = guardian;
        this.telemetryPublisher = telemetryPublisher;
        this.projectionPublisher = projectionPublisher;
        this.time = time;
    }

    /**
     * A running engine.
     *
     * @throws IllegalArgumentException naming what the configuration got wrong
     * @throws IOException if its GPUs cannot be reached
     */
    public EngineThread start(AgentProperties.Engine configured) throws IOException {
        EngineProfile profile = EngineProfile.parse(configured.profile());
        if (configured.gpus().size() != profile.tensorParallel()) {
            throw new IllegalArgumentException(
                    "engine "
                            + configured.id()
                            + ": profile "
                            + profile.id()
                            + " needs "
                            + profile.tensorParallel()
                            + " GPUs, "
                            + configured.gpus().size()
                            + " are given");
        }
        long now = System.nanoTime();
        EngineIdentity identity =
                new EngineIdentity(
                        properties.id(),
                        new EngineId(configured.id()),
                        configured.model(),
                        profile,
                        configured.backend().name().toLowerCase(Locale.ROOT),
                        configured.gpus(),
                        time.millis());
        EngineThread thread = new EngineThread(owner(configured, identity, now));
        thread.start();
        return thread;
    }

    private EngineOwner owner(
            AgentProperties.Engine configured, EngineIdentity identity, long nowNanos)
            throws IOException {
        EngineProfile profile = identity.profile();
        InferenceEngine engine =
                switch (configured.backend()) {
                    case SIMULATED ->
                            SimulatedInference.start(
                                    profile,
                                    configured.perturbed(),
                                    configured.seed(),
                                    properties.simulatedGpuDirectory(),
                                    identity.gpus(),
                                    nowNanos);
                };
        long maximumPaceMicros = configured.maximumPace().toNanos() / 1000;
        NodeBounds bounds =
                new NodeBounds(
                        profile.gpu().clocks().lowest(),
                        profile.gpu().clocks().highest(),
                        maximumPaceMicros,
                        properties.lease().toNanos());
        GearHolder gear =
                new GearHolder(
                        configured.id(),
                        GearLease.released(identity.incarnation(), bounds, nowNanos),
                        new GuardianLink(guardian, identity.id(), identity.gpus()),
                        engine::pace);
        TableInForce table = new TableInForce();
        EngineLimits limits = profile.limits();
        RequestBook book =
                new RequestBook(
                        limits,
                        new Projector(
                                limits.kvBlockTokens(),
                                limits.chunkTokens(),
                                new ProjectionForm.AtQuantile(properties.lengthQuantile())),
                        new Projector(
                                limits.kvBlockTokens(),
                                limits.chunkTokens(),
                                new ProjectionForm.Expected()),
                        KaplanMeierLengths.standard(),
                        new RequestEvents(identity, telemetryPublisher, time),
                        table);
        EngineMeters meters =
                new EngineMeters(
                        new EngineTelemetry(identity, telemetryPublisher, time),
                        engine,
                        properties.meteringWindow().toNanos(),
                        nowNanos);
        Observer observer =
                new Observer(
                        identity,
                        book,
                        meters,
                        gear,
                        table,
                        maximumPaceMicros > 0,
                        projectionPublisher,
                        properties.lease().toNanos(),
                        nowNanos);
        return new EngineOwner(identity, engine, gear, book, meters, observer, table);
    }
}
