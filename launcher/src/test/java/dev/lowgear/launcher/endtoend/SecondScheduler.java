package dev.lowgear.launcher.endtoend;

import dev.lowgear.infrastructure.postgres.PostgresServer;
import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.infrastructure.process.LoopbackPorts;
import dev.lowgear.launcher.stack.Service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Another scheduler beside the system's own: the same command, another port and log. */
final class SecondScheduler implements AutoCloseable {
    private final ChildProcess process;
    private final String url;

    private SecondScheduler(ChildProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    static SecondScheduler beside(RunningSystem system) {
        var first = ProcessHandle.of(system.part(Service.SCHEDULER.part()).pid()).orElseThrow();
        int port = LoopbackPorts.free(1).getFirst();
        var log = system.data().log("second-scheduler");
        Map<String, UnaryOperator<String>> changes =
                Map.of(
                        "--server.port=", start -> start + port,
                        "--logging.file.name=", start -> start + log);
        List<String> command = new ArrayList<>();
        command.add(first.info().command().orElseThrow());
        for (var word : first.info().arguments().orElseThrow()) {
            // What the first records for its next start is its own.
            if (!word.startsWith("-XX:AOT")) {
                command.add(changed(word, changes));
            }
        }
        Map<String, String> environment =
                new HashMap<>(SkewedClock.by(RunningSystem.SCHEDULER_CLOCK.negated()));
        environment.put("SPRING_DATASOURCE_USERNAME", PostgresServer.SUPERUSER);
        environment.put(
                "SPRING_DATASOURCE_PASSWORD", PostgresServer.passwordIn(system.data().database()));
        return new SecondScheduler(
                ChildProcess.start(
                        "second scheduler",
                        command,
                        environment,
                        system.data().output("second-scheduler")),
                "http://127.0.0.1:" + port);
    }

    private static String changed(String word, Map<String, UnaryOperator<String>> changes) {
        return changes.entrySet().stream()
                .filter(change -> word.startsWith(change.getKey()))
                .findFirst()
                .map(change -> change.getValue().apply(change.getKey()))
                .orElse(word);
    }

    long pid() {
        return process.pid();
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.close();
    }
}
