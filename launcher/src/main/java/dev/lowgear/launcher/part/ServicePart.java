package dev.lowgear.launcher.part;

import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.JavaCommand;
import dev.lowgear.launcher.aot.AotStart;
import dev.lowgear.launcher.stack.CacheFolder;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.ExtractedService;
import dev.lowgear.launcher.stack.Installation;
import dev.lowgear.launcher.stack.Service;
import dev.lowgear.launcher.supervision.Part;
import dev.lowgear.launcher.supervision.RunningPart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A Spring Boot service in a process of its own.
 *
 * @param service which
 * @param needs the parts that it cannot start without
 * @param data the system's folders
 * @param installation the built artefacts
 * @param settings its configuration, as Spring property names and values
 * @param environment added to its environment: what must not appear in the process list, and what
 *     its user asked for
 */
record ServicePart(
        Service service,
        List<String> needs,
        DataFolder data,
        Installation installation,
        Map<String, String> settings,
        Supplier<Map<String, String>> environment)
        implements Part {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return service.part();
    }

    @Override
    public void prepare() {
        extracted();
    }

    @Override
    public RunningPart start() {
        var command = command(extracted());
        var health = new Health(Integer.parseInt(settings.getOrDefault("server.port", "0")));
        return new AotStart(name(), command, data)
                .start((options, aot) ->
                        new RunningChild(
                                launch(command.withJvmOptions(options), health),
                                aot,
                                GRACE,
                                PATIENCE,
                                health::isAlive));
    }

    private ExtractedService extracted() {
        return ExtractedService.of(service, installation, CacheFolder.at(data.cache()));
    }

    private ChildProcess launch(JavaCommand command, Health health) {
        var process =
                ChildProcess.start(name(), command.words(), environment.get(), data.output(name()));
        try {
            process.awaitReady(READY_WITHIN, health::isReady);
        } catch (ChildProcessException e) {
            process.stop(Duration.ZERO);
            throw e;
        }
        return process;
    }

    private JavaCommand command(ExtractedService extracted) {
        var options =
                List.of(
                        "-Xmx" + service.heapMegabytes() + "m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow");
        var arguments = new ArrayList<String>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return new JavaCommand(
                JavaCommand.ownJava(),
                options,
                extracted.classPath(),
                extracted.mainClass(),
                arguments);
    }
}
