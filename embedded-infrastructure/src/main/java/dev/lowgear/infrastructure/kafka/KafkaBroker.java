package dev.lowgear.infrastructure.kafka;

import dev.lowgear.infrastructure.choice.SharedInfrastructure;
import dev.lowgear.infrastructure.process.ChildProcess;
import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.LoopbackPorts;
import dev.lowgear.infrastructure.process.TemporaryFolder;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running single-node Kafka broker (KRaft, no ZooKeeper) on 127.0.0.1, in its own process, which
 * ends with this one. Topics are created explicitly: automatic creation is off.
 */
public final class KafkaBroker implements Broker, AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 3;

    /** The request that every broker answers: length, key 18, version 0, correlation 0, no name. */
    private static final byte[] API_VERSIONS = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0, -1, -1};

    /** An answer's length and correlation. */
    private static final int CORRELATED = 8;

    private final ChildProcess process;
    private final int port;

    private KafkaBroker(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * The broker that all tests of this JVM share, started by the first who asks, on a free port
     * and a temporary folder, or in a container where {@link SharedInfrastructure} says so. Tests
     * keep apart by their topics' and groups' names.
     */
    public static Broker shared() {
        return Shared.BROKER;
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @throws ChildProcessException when it does not come up, with what it printed
     */
    public static KafkaBroker start(KafkaBrokerSettings settings) {
        if (settings.port() != 0 && !LoopbackPorts.isFree(settings.port())) {
            throw new ChildProcessException("broker: port " + settings.port() + " is in use");
        }
        for (int attempt = 1; ; attempt++) {
            var ports = LoopbackPorts.free(2);
            int port = settings.port() == 0 ? ports.getFirst() : settings.port();
            var process = launch(settings, port, ports.getLast());
            try {
                process.awaitReady(READY_WITHIN, () -> LoopbackPorts.answers(port));
                process.awaitReady(READY_WITHIN, () -> describesItself(port));
                return new KafkaBroker(process, port);
            } catch (ChildProcessException e) {
                process.close();
                // Between looking for a free port and using it somebody else may have taken it.
                boolean portLost = String.valueOf(e.getMessage()).contains("in use");
                if (!portLost || settings.port() != 0 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static ChildProcess launch(KafkaBrokerSettings settings, int port, int controllerPort) {
        return ChildProcess.start(
                "broker",
                settings.command(port, controllerPort).words(),
                Map.of(),
                settings.outputFile());
    }

    private static boolean describesItself(int port) throws InterruptedException {
        Map<String, Object> configuration =
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port);
        try (var admin = Admin.create(configuration)) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Whether it answers a request within a second. */
    public boolean answers() {
        try {
            LoopbackPorts.exchange(port, API_VERSIONS, CORRELATED, ANSWER_WITHIN);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The broker's process. */
    public ChildProcess process() {
        return process;
    }

    /** Stops it in order; its data stay. */
    @Override
    public void close() {
        process.stop(STOP_WITHIN);
    }

    private static final class Shared {
        private static final Broker BROKER =
                SharedInfrastructure.start(Shared::startTemporary, BrokerContainer.class);

        private static KafkaBroker startTemporary() {
            var folder = TemporaryFolder.create("lowgear-broker");
            var broker = start(KafkaBrokerSettings.in(folder).quickToStart());
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform()
                                    .name("broker-end")
                                    .unstarted(() -> {
                                        broker.process.stop(Duration.ZERO);
                                        TemporaryFolder.delete(folder);
                                    }));
            return broker;
        }
    }
}
