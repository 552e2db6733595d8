package dev.lowgear.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class PhysicsComparisonTest {
    @TempDir private Path folder;

    @Test
    void saysWhyItRanOnNothing() throws IOException {
        assertThat(comparison())
                .contains("no clock sweep compared: there is no " + folder)
                .contains("no leaderboard compared: there is no " + folder);
    }

    @Test
    void asksForTheFolder() {
        var errors = new ByteArrayOutputStream();
        var err = new PrintStream(errors, true, StandardCharsets.UTF_8);
        assertThat(PhysicsComparison.run(new String[0], System.out, err)).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("usage: PhysicsComparison FOLDER");
    }

    /** A batch of 8 that takes 1.2 × as long at half the power, so .6 of the energy. */
    @Test
    void comparesASweepRelativeToItsHighestClock() throws IOException {
        Files.writeString(
                folder.resolve("a100-llama31-8b-clock-batch.csv"),
                """
                gpu_frequency_mhz,batch_size,total_latency_s,avg_gpu_power_w,energy_j
                1410,4,1,1,1
                1410,8,10,200,2000
                900,8,12,100,1200
                """);

        assertThat(comparison())
                .contains("mean over batches [8]")
                .containsPattern("900 +1\\.200 1\\.1\\d\\d .* 0\\.500 0\\.5\\d\\d .* 0\\.600")
                .containsPattern("8: +900 / +900");
    }

    @Test
    void comparesChatRunsAtTheDefaultClock() throws IOException {
        Files.writeString(
                folder.resolve("mlenergy-v3-runs.csv"),
                """
                task,model_id,gpu_model,num_gpus,max_num_seqs,median_itl_ms,avg_power_w_total
                lm-arena-chat,meta-llama/Llama-3.1-8B-Instruct,H100,1,8,7.3,486
                gpqa,meta-llama/Llama-3.1-8B-Instruct,H100,1,16,99,999
                """);

        assertThat(comparison())
                .containsPattern("8 +7\\.3 +7\\.\\d [+-]\\d\\.\\d% +486 +4\\d\\d")
                .doesNotContain("999");
    }

    @Test
    void namesTheLineThatIsBroken() throws IOException {
        Path sweep = folder.resolve("a100-llama31-8b-clock-batch.csv");
        Files.writeString(sweep, "gpu_frequency_mhz,batch_size\n1410,8\n900\n");
        assertThatIOException()
                .isThrownBy(this::comparison)
                .withMessage(sweep + ":3 has 1 cells, not 2");

        Files.writeString(sweep, "gpu_frequency_mhz,batch_size\n1410,eight\n");
        assertThatIOException()
                .isThrownBy(this::comparison)
                .withMessage(sweep + ":2: batch_size is no number: 'eight'");

        Files.writeString(sweep, "gpu_frequency_mhz\n1410\n");
        assertThatIOException()
                .isThrownBy(this::comparison)
                .withMessage(sweep + " has no column batch_size");
    }

    private String comparison() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PhysicsComparison.print(folder, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
