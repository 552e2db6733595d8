package dev.lowgear.guardian.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.fleet.EngineId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

class LockJournalTest {
    private static final EngineId CHAT = new EngineId("chat-1");

    @TempDir Path directory;

    @Test
    void remembersLocksUntilTheyAreReset() throws IOException {
        try (LockJournal journal = open()) {
            journal.lock(CHAT, List.of("GPU-a", "GPU-b"));
            journal.reset(List.of("GPU-a"));
        }
        try (LockJournal journal = open()) {
            assertThat(journal.locked()).isEqualTo(Map.of("GPU-b", CHAT));
            assertThat(journal.damagedLine()).isZero();
        }
    }

    @Seeds(count = 12)
    void neitherCrashNorTornWriteForgetsALock(SplittableRandom random) throws IOException {
        Map<String, EngineId> model = new TreeMap<>();
        for (int life = 0; life < 5; life++) {
            try (LockJournal journal = open()) {
                assertThat(journal.locked()).isEqualTo(model);
                for (int event = random.nextInt(40); event > 0; event--) {
                    String gpu = "GPU-" + random.nextInt(8);
                    if (random.nextBoolean()) {
                        EngineId engine = new EngineId("engine-" + random.nextInt(3));
                        journal.lock(engine, List.of(gpu));
                        model.put(gpu, engine);
                    } else {
                        journal.reset(List.of(gpu));
                        model.remove(gpu);
                    }
                    assertThat(journal.locked()).isEqualTo(model);
                }
            }
            String next = new JournalLine.Locked("GPU-9", CHAT).text();
            int torn = random.nextInt(4) == 0 ? next.length() - 1 : random.nextInt(next.length());
            append(next.substring(0, torn));
        }
    }

    @Seeds(count = 12)
    void damageInTheMiddleCountsEverySuspectAsLocked(SplittableRandom random) throws IOException {
        try (LockJournal journal = open()) {
            journal.lock(CHAT, List.of("GPU-a"));
            journal.lock(CHAT, List.of("GPU-b"));
            journal.reset(List.of("GPU-b"));
            journal.lock(CHAT, List.of("GPU-c"));
        }
        byte[] bytes = Files.readAllBytes(file());
        int lastLine = new String(bytes, StandardCharsets.US_ASCII).lastIndexOf("locked");
        int at = random.nextInt(lastLine - 1);
        bytes[at] ^= (byte) (1 + random.nextInt(127));
        Files.write(file(), bytes);

        try (LockJournal journal =
                LockJournal.open(file(), "simulated", List.of("GPU-a", "GPU-b", "GPU-c"))) {
            assertThat(journal.damagedLine()).isPositive();
            assertThat(journal.locked()).containsKeys("GPU-a", "GPU-b", "GPU-c");
        }
        try (LockJournal journal = open()) {
            assertThat(journal.damagedLine()).as("written anew").isZero();
            assertThat(journal.locked()).containsKeys("GPU-a", "GPU-b", "GPU-c");
        }
    }

    @Test
    void whatIsNoJournalCountsEverySuspectAsLocked() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "something\nelse\nentirely\n");

        try (LockJournal journal = LockJournal.open(file(), "simulated", List.of("GPU-a"))) {
            assertThat(journal.damagedLine()).isEqualTo(1);
            assertThat(journal.locked()).containsOnlyKeys("GPU-a");
        }
    }

    @Test
    void aPieceThatAFailedWriteLeftBehindIsCutOffBeforeTheNext() throws IOException {
        try (LockJournal journal = open()) {
            journal.lock(CHAT, List.of("GPU-a"));
            append("locked GPU-b chat-1 and then the disk was full, for longer than a line");

            journal.lock(CHAT, List.of("GPU-c"));
        }
        try (LockJournal journal = open()) {
            assertThat(journal.damagedLine()).isZero();
            assertThat(journal.locked()).containsOnlyKeys("GPU-a", "GPU-c");
        }
    }

    @Test
    void isWrittenAnewWhenItGrowsLong() throws IOException {
        try (LockJournal journal = open()) {
            journal.lock(CHAT, List.of("GPU-kept"));
            List<String> many = IntStream.range(0, 100).mapToObj(i -> "GPU-" + i).toList();
            for (int i = 0; i < 30; i++) {
                journal.lock(CHAT, many);
                journal.reset(many);
            }
            assertThat(Files.size(file())).isLessThan(LockJournal.LONG + 4_000);
        }
        try (LockJournal journal = open()) {
            assertThat(journal.locked()).containsOnlyKeys("GPU-kept");
        }
    }

    @Test
    void servesOneGuardianOnly() throws IOException {
        try (LockJournal first = open()) {
            assertThat(first.locked()).isEmpty();
            assertThatThrownBy(this::open).hasMessageContaining("another guardian");
        }
        try (LockJournal next = open()) {
            assertThat(next.locked()).isEmpty();
        }
    }

    @Test
    void refusesLocksThatItsActuatorCannotReset() throws IOException {
        try (LockJournal journal = open()) {
            journal.lock(CHAT, List.of("GPU-a"));
        }
        assertThatThrownBy(() -> LockJournal.open(file(), "nvml", List.of()))
                .hasMessageContaining("actuator simulated");

        try (LockJournal journal = open()) {
            journal.reset(List.of("GPU-a"));
        }
        try (LockJournal journal = LockJournal.open(file(), "nvml", List.of())) {
            assertThat(journal.locked()).isEmpty();
        }
    }

    private Path file() {
        return directory.resolve("guardian").resolve("journal");
    }

    private LockJournal open() throws IOException {
        return LockJournal.open(file(), "simulated", List.of());
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
    }
}
