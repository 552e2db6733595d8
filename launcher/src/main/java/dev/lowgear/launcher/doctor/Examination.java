package dev.lowgear.launcher.doctor;

import dev.lowgear.infrastructure.process.LoopbackPorts;
import dev.lowgear.launcher.part.GuardianSocket;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.PlanFile;
import dev.lowgear.launcher.stack.StackPorts;
import dev.lowgear.launcher.supervision.Leftovers;
import dev.lowgear.launcher.supervision.SupervisorLock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Looks at everything that has to be right for the system to start, run and stop on this machine.
 */
public final class Examination {
    private static final int JDK = 25;

    private final DataFolder data;
    private final StackPorts ports;
    private final boolean running;

    /**
     * Prepares an examination.
     *
     * @param data the folder to look at; it need not exist
     * @param ports the ports that a start would use
     */
    public Examination(DataFolder data, StackPorts ports) {
        this.data = data;
        running = SupervisorLock.isHeld(data.lock());
        this.ports = running ? PlanFile.find(data).map(plan -> plan.ports()).orElse(ports) : ports;
    }

    /** Everything that was looked at. */
    public List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        findings.add(jdk(Runtime.version().feature()));
        findings.add(folder());
        findings.add(supervisor());
        for (var folder :
                List.of(
                        data.logs(),
                        data.simulatedGpus(),
                        data.broker(),
                        data.database(),
                        data.cache())) {
            findings.add(contents(folder));
        }
        for (var endpoint : Endpoint.values()) {
            findings.add(port(endpoint));
        }
        findings.add(guardianSocket());
        findings.add(journal());
        findings.add(releaseFile());
        findings.add(databaseLock());
        findings.add(gpuDriver(Path.of("/proc/driver/nvidia/version")));
        return findings;
    }

    static Finding jdk(int feature) {
        return feature == JDK
                ? Finding.ok("JDK", Integer.toString(feature))
                : Finding.wrong(
                        "JDK",
                        Integer.toString(feature),
                        "install JDK 25 and point LOWGEAR_JAVA_HOME to it");
    }

    private Finding folder() {
        try {
            var existing = data.root();
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
                return Finding.wrong(
                        "data folder",
                        existing + " cannot be written",
                        "choose another with --data");
            }
            long usable = Files.getFileStore(existing).getUsableSpace();
            var seen = "%s, %d MiB left".formatted(data.root(), usable >> 20);
            return usable >= DataFolder.LEAST_SPACE
                    ? Finding.ok("data folder", seen)
                    : Finding.wrong(
                            "data folder",
                            seen,
                            "free %d MiB or choose another with --data"
                                    .formatted(DataFolder.LEAST_SPACE >> 20));
        } catch (IOException e) {
            return Finding.wrong("data folder", e.toString(), "choose another with --data");
        }
    }

    private static Finding contents(Path folder) {
        var subject = String.valueOf(folder.getFileName());
        if (!Files.exists(folder)) {
            return Finding.ok(subject, "none yet");
        }
        return Files.isDirectory(folder) && Files.isReadable(folder) && Files.isWritable(folder)
                ? Finding.ok(subject, folder.toString())
                : Finding.wrong(
                        subject,
                        folder + " is no folder that this user can read and write",
                        "make it one, or choose another data folder with --data");
    }

    private Finding supervisor() {
        if (running) {
            return Finding.ok("supervisor", "runs");
        }
        var left = Leftovers.of(data).stream().map(ProcessHandle::pid).toList();
        return left.isEmpty()
                ? Finding.ok("supervisor", "does not run, and left nothing behind")
                : Finding.note(
                        "supervisor",
                        "does not run, but its processes " + left + " still do",
                        "they end by themselves within seconds; the next `up` sees to it");
    }

    private Finding port(Endpoint endpoint) {
        int port = ports.of(endpoint);
        var subject = "port " + port;
        var serves = endpoint.name().toLowerCase(Locale.ROOT) + ": " + endpoint.serves();
        if (running) {
            return LoopbackPorts.answers(port)
                    ? Finding.ok(subject, "answers, " + serves)
                    : Finding.wrong(
                            subject,
                            "does not answer, " + serves,
                            "see `lowgear status` and " + data.log("supervisor"));
        }
        return LoopbackPorts.isFree(port)
                ? Finding.ok(subject, "free, " + serves)
                : Finding.wrong(
                        subject,
                        "taken, " + serves,
                        "choose another with %s N, or free ones with --ports auto"
                                .formatted(endpoint.option()));
    }

    private Finding guardianSocket() {
        var socket = data.guardianSocket();
        if (!running) {
            return Files.exists(socket)
                    ? Finding.note(
                            "guardian socket",
                            "left over from a guardian that was killed",
                            "the next guardian replaces it")
                    : Finding.ok("guardian socket", "none while nothing runs");
        }
        try {
            var status = GuardianSocket.status(socket, Duration.ofSeconds(1));
            return Finding.ok("guardian socket", status.toString());
        } catch (IOException e) {
            return Finding.wrong(
                    "guardian socket",
                    String.valueOf(e.getMessage()),
                    "see " + data.output("guardian") + "; the supervisor restarts it");
        }
    }

    private Finding journal() {
        if (!Files.exists(data.guardianJournal())) {
            return Finding.ok("guardian journal", "none: no clock was ever locked");
        }
        try {
            var locked = lockedGpus(Files.readAllLines(data.guardianJournal()));
            return running || locked.isEmpty()
                    ? Finding.ok("guardian journal", locked.size() + " GPUs locked")
                    : Finding.wrong(
                            "guardian journal",
                            locked + " may still be locked, and no guardian runs",
                            "`lowgear release` gives them back");
        } catch (IOException e) {
            return Finding.wrong("guardian journal", e.toString(), "make it readable");
        }
    }

    /**
     * GPUs that were locked and not reset since; whether lines are whole is the guardian's care.
     */
    static Set<String> lockedGpus(List<String> journal) {
        var locked = new LinkedHashSet<String>();
        for (var line : journal) {
            var words = line.split(" ", -1);
            switch (words[0]) {
                case "locked" -> locked.add(words[1]);
                case "reset" -> locked.remove(words[1]);
                default -> {}
            }
        }
        return locked;
    }

    private Finding releaseFile() {
        return Files.exists(data.releaseSentinel())
                ? Finding.note(
                        "release file",
                        "clocks stay at their default, whatever the scheduler wants",
                        "`lowgear release --resume` allows control again")
                : Finding.ok("release file", "none, control is allowed");
    }

    private Finding databaseLock() {
        boolean locked = Files.exists(data.database().resolve("data").resolve("postmaster.pid"));
        return locked && !running
                ? Finding.note(
                        "database lock",
                        "left over from a server that was killed",
                        "the next `up` clears it")
                : Finding.ok("database lock", locked ? "held by the running server" : "none");
    }

    static Finding gpuDriver(Path version) {
        try {
            return Finding.ok("GPU driver", Files.readAllLines(version).getFirst());
        } catch (IOException e) {
            return Finding.note(
                    "GPU driver",
                    "no NVIDIA driver here",
                    "simulated engines need none; real ones need NVIDIA's driver");
        }
    }
}
