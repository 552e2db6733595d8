package dev.lowgear.launcher.part;

import dev.lowgear.infrastructure.postgres.PostgresServer;
import dev.lowgear.infrastructure.postgres.PostgresSettings;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.Service;
import dev.lowgear.launcher.stack.StackPorts;
import dev.lowgear.launcher.supervision.Part;
import dev.lowgear.launcher.supervision.RunningPart;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** PostgreSQL, with a database for every service that has one. */
record DatabasePart(DataFolder data, StackPorts ports) implements Part {
    static final String NAME = "database";

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
        var server =
                PostgresServer.start(
                        PostgresSettings.in(data.database())
                                .withPort(ports.of(Endpoint.POSTGRES))
                                .withLogFile(data.log(NAME))
                                .withInstallations(data.cache().resolve("postgres")));
        try {
            for (var service : Service.values()) {
                service.database().ifPresent(server::createDatabase);
            }
            return new Running(server, server.serverPid());
        } catch (ChildProcessException e) {
            server.close();
            throw e;
        }
    }

    private record Running(PostgresServer server, long pid) implements RunningPart {
        @Override
        public CompletableFuture<Integer> onExit() {
            return server.process().onExit();
        }

        @Override
        public boolean answers() {
            return server.answers();
        }

        @Override
        public Duration patience() {
            return PATIENCE;
        }

        @Override
        public void stop() {
            server.close();
        }

        @Override
        public void kill() {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            server.close();
        }
    }
}
