package dev.lowgear.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.stack.Endpoint;
import dev.lowgear.launcher.stack.StackPorts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class ExaminationTest {
    @TempDir Path folder;

    @Test
    void findsNothingWrongOnAnEmptyFolder() {
        assertThat(new Examination(DataFolder.at(folder), StackPorts.free(Map.of())).findings())
                .noneMatch(finding -> finding.level() == Finding.Level.WRONG);
    }

    @Test
    void namesAPortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = StackPorts.free(Map.of(Endpoint.KAFKA, taken.getLocalPort()));
            assertThat(new Examination(DataFolder.at(folder), ports).findings())
                    .filteredOn(finding -> finding.level() == Finding.Level.WRONG)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.subject()).isEqualTo("port " + taken.getLocalPort());
                        assertThat(finding.remedy()).contains("--kafka-port");
                    });
        }
    }

    @Test
    void noticesLocksThatWereLeftBehind() throws Exception {
        var data = DataFolder.at(folder);
        data.prepare();
        Files.createDirectories(data.database().resolve("data"));
        Files.writeString(data.database().resolve("data").resolve("postmaster.pid"), "1");
        Files.writeString(data.guardianSocket(), "");
        assertThat(new Examination(data, StackPorts.free(Map.of())).findings())
                .filteredOn(finding -> finding.level() == Finding.Level.NOTE)
                .extracting(Finding::subject)
                .contains("database lock", "guardian socket");
    }

    @Test
    void saysThatClocksMayBeLockedWhenNoGuardianIsThereToGiveThemBack() throws Exception {
        var data = DataFolder.at(folder);
        data.prepare();
        Files.writeString(
                data.guardianJournal(),
                """
                lowgear-lock-journal 1 simulated 5f
                locked GPU-1 engine-1 a1
                locked GPU-2 engine-1 a2
                reset GPU-1 a3
                """);
        assertThat(new Examination(data, StackPorts.free(Map.of())).findings())
                .filteredOn(finding -> finding.level() == Finding.Level.WRONG)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.seen()).contains("[GPU-2]");
                    assertThat(finding.remedy()).contains("lowgear release");
                });
    }

    @Test
    void wantsTheJdkThatItIsBuiltFor() {
        assertThat(Examination.jdk(25).level()).isEqualTo(Finding.Level.OK);
        assertThat(Examination.jdk(17).level()).isEqualTo(Finding.Level.WRONG);
    }

    @Test
    void readsTheDriversVersionWhereThereIsOne() throws Exception {
        var version = folder.resolve("version");
        Files.writeString(version, "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15\n");
        assertThat(Examination.gpuDriver(version).seen()).contains("550.54.15");
        assertThat(Examination.gpuDriver(folder.resolve("none")).level())
                .isEqualTo(Finding.Level.NOTE);
    }
}
