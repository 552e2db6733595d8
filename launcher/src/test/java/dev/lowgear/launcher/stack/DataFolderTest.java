package dev.lowgear.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.launcher.UsageException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

class DataFolderTest {
    @TempDir Path folder;

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        var data = DataFolder.at(folder.resolve("new"));
        data.prepare();
        assertThat(Files.getPosixFilePermissions(data.root()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void saysHowMuchDiskIsMissing() {
        assertThatThrownBy(() -> DataFolder.requireSpace(Path.of("/data"), 300L << 20))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "data folder /data has 300 MiB of disk left, 1024 MiB are needed: free"
                                + " some or choose another with --data");
    }

    @Test
    void aPlanSurvivesItsFile() {
        var data = DataFolder.at(folder);
        data.prepare();
        var engine =
                SimulatedEngine.of(
                        0, "e", "m", SimulatedEngine.profile(SimulatedEngine.STANDARD_PROFILE), 7);
        var plan =
                new StackPlan(
                        data,
                        StackPorts.standard(new EnumMap<>(Endpoint.class)),
                        List.of(engine),
                        null,
                        Map.of(Service.AGENT, Map.of("NAME", "value")));
        assertThat(PlanFile.read(PlanFile.write(plan))).isEqualTo(plan);
        assertThat(PlanFile.find(data)).contains(plan);
        assertThat(engine.gpus()).hasSize(2).doesNotHaveDuplicates();
    }
}
