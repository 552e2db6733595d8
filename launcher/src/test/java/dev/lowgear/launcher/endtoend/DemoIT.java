package dev.lowgear.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.CommandRun;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;

class DemoIT {
    @TempDir Path folder;

    @Test
    void servesBothEnginesTheSameRequestsAndLeavesNothingBehind() throws Exception {
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
        // Meters move once a second, so the ends of a short window are a second old.
        assertThat(result.path("control").path("meanClockMhz").asDouble()).isGreaterThan(1_300);
        assertThat(Processes.of(folder)).isEmpty();
    }
}
