package dev.lowgear.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.CommandRun;
import dev.lowgear.launcher.aot.AotUse;
import dev.lowgear.launcher.stack.DataFolder;
import dev.lowgear.launcher.supervision.SystemState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;

class DemoIT {
    @TempDir Path folder;

    @Test
    void servesBothEnginesAlikeLeavesNothingBehindAndMakesTheNextStartFaster() throws Exception {
        var trace =
                Files.writeString(
                        folder.resolve("trace.csv"),
                        """
                        arrival_ms,prompt_tokens,output_tokens
                        0,100,40
                        500,300,80
                        1000,50,20
                        4000,1000,60
                        """);
        var json = folder.resolve("result.json");
        var run =
                CommandRun.of(
                        "demo",
                        "--data",
                        folder.toString(),
                        "--ports",
                        "auto",
                        "--seconds",
                        "5",
                        "--trace",
                        trace.toString(),
                        "--json",
                        json.toString());
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("sending     4 requests", "saved", "simulated:");
        var result = JsonMapper.builder().build().readTree(Files.readAllBytes(json));
        assertThat(result.path("requests").asInt()).isEqualTo(4);
        for (var side : new String[] {"governed", "control"}) {
            assertThat(result.path(side).path("tokens").asInt()).as(side).isEqualTo(200);
            assertThat(result.path(side).path("attainment").asDouble()).as(side).isEqualTo(1);
            assertThat(result.path(side).path("joules").asDouble()).as(side).isPositive();
        }
        // Meters move once a second, so the ends of a short window are a second old or, where the
        // machine is busy, more: how far below 1,410 MHz the mean is says nothing about the engine.
        assertThat(result.path("control").path("meanClockMhz").asDouble())
                .isGreaterThan(result.path("governed").path("meanClockMhz").asDouble());
        assertThat(Processes.of(folder)).isEmpty();
        assertThat(run.out())
                .contains("7 of 7 JVMs started without an AOT cache", "making 7 AOT caches")
                .doesNotContain("could not be made");
        theNextStartRunsFromTheCaches();
    }

    private void theNextStartRunsFromTheCaches() {
        var data = DataFolder.at(folder);
        var up = CommandRun.of("up", "--data", folder.toString(), "--ports", "auto", "--timing");
        assertThat(up.status()).as(up.out() + up.err()).isZero();
        assertThat(up.out()).contains("first token").doesNotContain("AOT cache was rejected");
        assertThat(SystemState.read(data.state()).orElseThrow().parts())
                .filteredOn(part -> !part.name().equals("database"))
                .allSatisfy(part ->
                        assertThat(part.start().aot().kind())
                                .as(part.name())
                                .isEqualTo(AotUse.Kind.USED));
        var down = CommandRun.of("down", "--data", folder.toString());
        assertThat(down.out()).contains("ended").doesNotContain("making");
        assertThat(Processes.of(folder)).isEmpty();
    }
}
