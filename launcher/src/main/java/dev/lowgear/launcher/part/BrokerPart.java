package dev.lowgear.launcher.part;

import dev.lowgear.infrastructure.kafka.KafkaBroker;
import dev.lowgear.infrastructure.kafka.KafkaBrokerSettings;
import dev.lowgear.launcher.aot.AotStart;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.Installation;
import dev.lowgear.launcher.stack.StackPorts;
import dev.lowgear.launcher.supervision.Part;
import dev.lowgear.launcher.supervision.RunningPart;

import java.time.Duration;
import java.util.List;

/** The Kafka broker. */
record BrokerPart(DataFolder data, StackPorts ports, Installation installation) implements Part {
    static final String NAME = "broker";

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public RunningPart start() {
        var settings =
                KafkaBrokerSettings.in(data.broker())
                        .withPort(ports.of(Endpoint.KAFKA))
                        .withLogFile(data.log(NAME))
                        .withClassPath(installation.launcherClassPath())
                        .quickToStart();
        return new AotStart(NAME, settings.command(0, 0), data)
                .start((options, aot) -> {
                    var broker = KafkaBroker.start(settings.withJvmOptions(options));
                    return new RunningChild(
                            broker.process(), aot, GRACE, PATIENCE, broker::answers);
                });
    }
}
