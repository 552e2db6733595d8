package dev.lowgear.launcher.part;

import dev.lowgear.infrastructure.postgres.PostgresServer;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.Installation;
import dev.lowgear.launcher.stack.Service;
import dev.lowgear.launcher.stack.StackPlan;
import dev.lowgear.launcher.supervision.Part;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts that a plan asks for, wired to each other by ports and files. */
public final class SystemParts {
    private final StackPlan plan;
    private final DataFolder data;
    private final Installation installation;

    private SystemParts(StackPlan plan, Installation installation) {
        this.plan = plan;
        this.data = plan.data();
        this.installation = installation;
    }

    /** All of them, each after those that it needs. */
    public static List<Part> of(StackPlan plan, Installation installation) {
        return new SystemParts(plan, installation).all();
    }

    private List<Part> all() {
        return List.of(
                new BrokerPart(data, plan.ports(), installation),
                new DatabasePart(data, plan.ports()),
                new GuardianPart(plan, installation),
                service(Service.AGENT, agent(), GuardianPart.NAME, BrokerPart.NAME),
                service(Service.SCHEDULER, scheduler(), BrokerPart.NAME, DatabasePart.NAME),
                service(Service.MODEL, Map.of(), BrokerPart.NAME, DatabasePart.NAME),
                service(Service.GATEWAY, gateway(), BrokerPart.NAME, DatabasePart.NAME));
    }

    private ServicePart service(Service service, Map<String, String> own, String... needs) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", Integer.toString(plan.ports().of(service.endpoint())));
        settings.put("spring.kafka.bootstrap-servers", "127.0.0.1:" + port(Endpoint.KAFKA));
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.lifecycle.timeout-per-shutdown-phase", "5s");
        settings.put("logging.file.name", data.log(service.part()).toString());
        // What is logged goes to the rolling file; standard output is for what the JVM has to say.
        settings.put("logging.threshold.console", "OFF");
        service.database()
                .ifPresent(database ->
                        settings.put(
                                "spring.datasource.url",
                                "jdbc:postgresql://127.0.0.1:%d/%s"
                                        .formatted(port(Endpoint.POSTGRES), database)));
        settings.putAll(own);
        return new ServicePart(
                service, List.of(needs), data, installation, settings, () -> environment(service));
    }

    private Map<String, String> environment(Service service) {
        var environment = new LinkedHashMap<>(plan.environmentOf(service));
        if (service.database().isPresent()) {
            environment.putAll(databaseAccount());
        }
        return environment;
    }

    private Map<String, String> databaseAccount() {
        return Map.of(
                "SPRING_DATASOURCE_USERNAME",
                PostgresServer.SUPERUSER,
                "SPRING_DATASOURCE_PASSWORD",
                PostgresServer.passwordIn(data.database()));
    }

    private Map<String, String> agent() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("lowgear.agent.id", "local");
        settings.put("lowgear.agent.guardian.socket", data.guardianSocket().toString());
        settings.put("lowgear.agent.simulated-gpu-directory", data.simulatedGpus().toString());
        var configuration = plan.agentConfiguration();
        if (configuration != null) {
            settings.put("spring.config.additional-location", configuration.toUri().toString());
        }
        int index = 0;
        for (var engine : plan.engines()) {
            var prefix = "lowgear.agent.engines[" + index + "].";
            settings.put(prefix + "id", engine.id());
            settings.put(prefix + "model", engine.model());
            settings.put(prefix + "backend", "simulated");
            settings.put(prefix + "profile", engine.profile());
            settings.put(prefix + "seed", Long.toString(engine.seed()));
            for (int gpu = 0; gpu < engine.gpus().size(); gpu++) {
                settings.put(prefix + "gpus[" + gpu + "]", engine.gpus().get(gpu));
            }
            index++;
        }
        return settings;
    }

    private static Map<String, String> scheduler() {
        return Map.of("lowgear.scheduler.gear-policy", "lowgear");
    }

    private Map<String, String> gateway() {
        return Map.of(
                "lowgear.gateway.agents[0].id", "local",
                "lowgear.gateway.agents[0].url", plan.ports().url(Endpoint.AGENT),
                "lowgear.gateway.scheduler-url", plan.ports().url(Endpoint.SCHEDULER),
                "lowgear.gateway.model-service-url", plan.ports().url(Endpoint.MODEL),
                "lowgear.gateway.access.remembered-in", data.rememberedKeys().toString());
    }

    private int port(Endpoint endpoint) {
        return plan.ports().of(endpoint);
    }
}
