package dev.lowgear.guardian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.lease.NodeBounds;
import dev.lowgear.guardian.journal.LockJournal;
import dev.lowgear.guardian.protocol.GuardianRequest;

import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** What holds whatever is asked and whatever the driver refuses. */
class ClockKeeperPropertyTest {
    private static final long MILLI = 1_000_000;
    private static final NodeBounds BOUNDS = new NodeBounds(600, 1410, 0, 2_000 * MILLI);
    private static final List<List<String>> ENGINES =
            List.of(List.of("GPU-a", "GPU-b"), List.of("GPU-c"), List.of("GPU-d", "GPU-e"));

    @TempDir Path directory;

    @Seeds(count = 25)
    void nothingStaysLockedWithoutALeaseOrOutsideTheJournal(SplittableRandom random)
            throws IOException {
        FakeActuator actuator = new FakeActuator();
        Set<String> all = new TreeSet<>();
        ENGINES.forEach(all::addAll);
        try (LockJournal journal =
                LockJournal.open(directory.resolve("journal"), "fake", List.of())) {
            ClockKeeper keeper = new ClockKeeper(all, BOUNDS, actuator, journal, line -> {});
            Map<String, Long> allowedUntil = new TreeMap<>();
            int[] unanswered = {0};
            long now = random.nextLong(1_000);

            for (int event = 0; event < 150; event++) {
                now += random.nextLong(400 * MILLI);
                int refusal = random.nextInt(10);
                actuator.refuses = call -> refusal == 0 && call.hashCode() % 2 == 0;
                int engine = random.nextInt(ENGINES.size());
                long lease = random.nextLong(1, 3_000);
                GuardianRequest request =
                        GuardianRequest.parse(
                                switch (random.nextInt(4)) {
                                    case 0 -> "renew engine-" + engine + " " + lease;
                                    case 1 -> "reset engine-" + engine;
                                    default ->
                                            "set engine-"
                                                    + engine
                                                    + " "
                                                    + random.nextInt(100, 2_000)
                                                    + " "
                                                    + lease
                                                    + " "
                                                    + String.join(" ", ENGINES.get(engine));
                                });
                if (!(request instanceof GuardianRequest.Reset)) {
                    long until = now + Math.min(lease * MILLI, BOUNDS.maximumLeaseNanos());
                    ENGINES.get(engine).forEach(gpu -> allowedUntil.merge(gpu, until, Math::max));
                }
                unanswered[0]++;
                keeper.accept(new Order(request, now, answer -> unanswered[0]--));
                if (random.nextInt(3) > 0) {
                    settle(keeper, now);
                    assertSafe(actuator, journal, keeper, allowedUntil, now);
                }
            }
            actuator.refuses = call -> false;
            now += 10_000 * MILLI;
            settle(keeper, now);
            assertThat(actuator.clocks).isEmpty();
            assertThat(journal.locked()).isEmpty();
            assertThat(keeper.isEverythingReset()).isTrue();
            assertThat(unanswered[0]).as("every request got one answer").isZero();
        }
    }

    private static void assertSafe(
            FakeActuator actuator,
            LockJournal journal,
            ClockKeeper keeper,
            Map<String, Long> allowedUntil,
            long now) {
        assertThat(journal.locked().keySet()).containsAll(actuator.clocks.keySet());
        actuator.clocks.forEach((gpu, mhz) -> assertThat(mhz).as(gpu).isBetween(600, 1410));
        if (keeper.counts().failingGpus() > 0) {
            return;
        }
        actuator.clocks.forEach((gpu, mhz) ->
                assertThat(allowedUntil.getOrDefault(gpu, now))
                        .as("%s is locked under a lease", gpu)
                        .isGreaterThan(now));
        for (List<String> gpus : ENGINES) {
            assertThat(gpus.stream().map(gpu -> actuator.clocks.getOrDefault(gpu, 0)).distinct())
                    .as("all GPUs of an engine move together")
                    .hasSize(1);
        }
    }

    private static void settle(ClockKeeper keeper, long now) {
        for (int turns = 0; keeper.work(now) == 0; turns++) {
            assertThat(turns).as("comes to rest").isLessThan(100);
        }
    }
}
