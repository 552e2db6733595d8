package dev.lowgear.guardian;

import dev.lowgear.guardian.client.GuardianUnreachableException;
import dev.lowgear.guardian.client.StatusQuestion;
import dev.lowgear.guardian.gpu.ClockActuator;
import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.journal.LockJournal;
import dev.lowgear.guardian.protocol.GuardianStatus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The guardian process. It owns the lock journal, the lease timer and the actuator; agents ask it
 * for clocks over a Unix socket, and silence means reset.
 *
 * <p>Exit codes: 0 stopped as asked, 1 failed while running, left something locked or does not
 * answer, 2 cannot start like this.
 */
public final class Guardian {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(1);
    private static final long HANGING_MILLIS = 2_000;
    private static final String HELP =
            """
            usage: guardian --config FILE            serve until SIGTERM, which resets every clock
                   guardian --config FILE --reset    reset what the journal says is locked, and end
                   guardian --config FILE --status   ask the one that serves how it is; 1 if it hangs
                   guardian --help

            FILE is a properties file:
            """
                    + GuardianConfig.KEYS.indent(2);

    private final GuardianConfig config;
    private final EventLog log;

    private Guardian(GuardianConfig config, EventLog log) {
        this.config = config;
        this.log = log;
    }

    /** Runs the guardian. */
    public static void main(String[] arguments) {
        int code = run(List.of(arguments), System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.print(HELP);
            return 0;
        }
        if (arguments.size() < 2 || !arguments.getFirst().equals("--config")) {
            err.println("guardian: --config FILE is needed; see --help");
            return 2;
        }
        try {
            GuardianConfig config = GuardianConfig.read(Path.of(arguments.get(1)));
            Guardian guardian = new Guardian(config, EventLog.to(err, InstantSource.system()));
            return switch (String.join(" ", arguments.subList(2, arguments.size()))) {
                case "" -> guardian.serve();
                case "--reset" -> guardian.resetJournaled();
                case "--status" -> guardian.tellStatus(out, err);
                default -> throw new ConfigException(arguments.get(2) + "? see --help");
            };
        } catch (ConfigException e) {
            err.println("guardian: " + e.getMessage());
            return 2;
        }
    }

    private int tellStatus(PrintStream out, PrintStream err) {
        try {
            GuardianStatus status = StatusQuestion.ask(config.socket(), ANSWER_PATIENCE);
            out.println(status.words());
            return status.beatAgeMillis() < HANGING_MILLIS ? 0 : 1;
        } catch (GuardianUnreachableException e) {
            err.println("guardian: " + e.getMessage());
            return 1;
        }
    }

    private int serve() throws ConfigException {
        SystemdNotifier systemd = SystemdNotifier.fromEnvironment();
        LockJournal journal = journal();
        ClockActuator actuator = actuator(journal);
        ClockKeeper keeper = keeper(actuator, journal);
        ActuatorThread thread =
                new ActuatorThread(keeper, config.releaseFile(), systemd::watchdog, this::crash);
        SocketServer server = server(thread, actuator, journal);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("stop")
                                .unstarted(() -> stop(systemd, thread, server, actuator, journal)));
        thread.start();
        if (config.stopWithParent()) {
            Thread.ofPlatform().name("parent").daemon().start(() -> stopWhenEnded(System.in));
        }
        log.record(
                "event=started socket="
                        + config.socket()
                        + " actuator="
                        + config.actuator().word()
                        + " gpus="
                        + config.gpus());
        systemd.ready();
        try {
            server.serve();
            return 0;
        } catch (IOException e) {
            log.record("event=failed reason=" + e);
            return 1;
        }
    }

    private LockJournal journal() throws ConfigException {
        try {
            LockJournal journal =
                    LockJournal.open(config.journal(), config.actuator().word(), config.gpus());
            if (journal.damagedLine() > 0) {
                log.record(
                        "event=journal-damaged line="
                                + journal.damagedLine()
                                + " action=reset-every-opted-in-gpu");
            }
            return journal;
        } catch (IOException e) {
            throw new ConfigException("journal " + config.journal() + ": " + words(e));
        }
    }

    private ClockActuator actuator(LockJournal journal) throws ConfigException {
        try {
            return config.actuator().open(config);
        } catch (GpuException e) {
            close(journal);
            throw new ConfigException("actuator " + config.actuator().word() + ": " + words(e));
        }
    }

    private ClockKeeper keeper(ClockActuator actuator, LockJournal journal) {
        return new ClockKeeper(config.gpus(), config.bounds(), actuator, journal, log);
    }

    private SocketServer server(ActuatorThread thread, ClockActuator actuator, LockJournal journal)
            throws ConfigException {
        try {
            return SocketServer.bind(config, thread, () -> status(thread), log);
        } catch (IOException e) {
            actuator.close();
            close(journal);
            throw new ConfigException("socket " + config.socket() + ": " + words(e));
        }
    }

    private GuardianStatus status(ActuatorThread thread) {
        KeeperCounts counts = thread.counts();
        return new GuardianStatus(
                config.actuator().word(),
                thread.beatAgeNanos() / 1_000_000,
                counts.leasedEngines(),
                counts.lockedGpus(),
                counts.failingGpus(),
                counts.releaseAsked(),
                counts.sets(),
                counts.resets(),
                counts.expiries(),
                counts.refusals());
    }

    private void stop(
            SystemdNotifier systemd,
            ActuatorThread thread,
            SocketServer server,
            ClockActuator actuator,
            LockJournal journal) {
        systemd.stopping();
        try {
            thread.stop(STOP_PATIENCE);
            log.record("event=stopped locked-gpus=" + thread.counts().lockedGpus());
            server.stop(STOP_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        actuator.close();
        close(journal);
    }

    private int resetJournaled() throws ConfigException {
        LockJournal journal = journal();
        ClockActuator actuator = actuator(journal);
        ActuatorThread thread =
                new ActuatorThread(keeper(actuator, journal), null, () -> {}, this::crash);
        thread.start();
        try {
            thread.stop(STOP_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean clean = journal.locked().isEmpty();
        actuator.close();
        close(journal);
        return clean ? 0 : 1;
    }

    private void close(LockJournal journal) {
        try {
            journal.close();
        } catch (IOException e) {
            log.record("event=close-failed reason=" + e.getMessage());
        }
    }

    /**
     * Without its actuator thread the process is worse than none: a new one resets what is left.
     */
    private void crash(Throwable cause) {
        log.record("event=crashed reason=" + cause);
        cause.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    private static void stopWhenEnded(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe means the same as its end.
        }
        System.exit(0);
    }

    private static String words(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
