package dev.lowgear.launcher;

import dev.lowgear.launcher.part.SystemParts;
import dev.lowgear.launcher.stack.Installation;
import dev.lowgear.launcher.stack.PlanFile;
import dev.lowgear.launcher.supervision.Supervisor;
import dev.lowgear.launcher.supervision.SupervisorLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The supervisor's process: {@code LowgearSupervisor PLAN-FILE}. Holds the data folder's lock while
 * it lives; ends its children in order when it is told to end (SIGTERM, SIGINT, its input when
 * tethered), and they end by themselves when it is killed.
 */
public final class LowgearSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(LowgearSupervisor.class);

    private LowgearSupervisor() {}

    public static void main(String[] arguments) throws InterruptedException {
        var plan = PlanFile.read(Path.of(arguments[0]));
        var lock = SupervisorLock.take(plan.data().lock());
        if (lock.isEmpty()) {
            System.err.println("another supervisor runs on " + plan.data().root());
            System.exit(1);
        }
        var supervisor =
                new Supervisor(
                        SystemParts.of(plan, Installation.own()),
                        plan.data().state(),
                        InstantSource.system());
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("end")
                                .unstarted(() -> {
                                    LOG.info("ending");
                                    supervisor.stop();
                                    lock.get().close();
                                }));
        LOG.info("supervising {} on {}", plan.data().root(), plan.ports().byEndpoint());
        supervisor.start();
        Thread.currentThread().join();
    }
}
