package dev.lowgear.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.simulator.run.Specimen;
import dev.lowgear.simulator.trace.TraceRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class SaturationTest {
    private static final Specimen H100 =
            Specimen.of(EngineProfile.parse("llama-3.1-8b/h100/tp1"), 1);
    private static final Workload SHORT = Workload.of("short", shortRequests());

    @TempDir Path folder;

    @Test
    void isTheHighestRateTheMaximumClockServesWell() throws IOException {
        try (var saturations = Saturations.in(folder.resolve("s.jsonl"))) {
            Saturation found = saturations.of(SHORT, H100, SloSet.INTERACTIVE);
            assertThat(attainment(found, 1)).isGreaterThanOrEqualTo(Saturation.ATTAINMENT);
            assertThat(attainment(found, 1.02)).isLessThan(Saturation.ATTAINMENT);
            assertThat(attainment(found, 0.5)).isGreaterThan(attainment(found, 1) - 1e-9);
            assertThat(found.requestsPerSecond())
                    .isCloseTo(found.rate() * SHORT.requestsPerSecond(), within(1e-9));
        }
    }

    private static double attainment(Saturation found, double load) {
        return Saturation.attainment(SHORT, H100, found.targets(), found.rate() * load);
    }

    @Test
    void givesTheEndToEndTheSlackOfTheWorkloadsShape() throws IOException {
        try (var saturations = Saturations.in(folder.resolve("s.jsonl"))) {
            Duration code = saturations.e2e(SHORT, H100);
            Duration chat =
                    saturations.e2e(
                            Workload.of("chat", Workload.Shape.CHAT, SHORT.requests()), H100);
            assertThat(code.toMillis() / 4.0).isCloseTo(chat.toMillis() / 2.7, within(1.0));
        }
    }

    @Test
    void isRememberedForTheSameAndFoundAnewForAnother() throws IOException {
        Path file = folder.resolve("s.jsonl");
        SloTargets targets = SloSet.PAPER.targets(Duration.ofSeconds(1));
        Saturation first;
        try (var saturations = Saturations.in(file)) {
            first = saturations.of(SHORT, H100, targets);
        }
        assertThat(Files.readAllLines(file)).hasSize(1);
        try (var saturations = Saturations.in(file)) {
            assertThat(saturations.of(SHORT, H100, targets)).isEqualTo(first);
            assertThat(Files.readAllLines(file)).hasSize(1);
            var other = Specimen.of(H100.profile(), 2);
            assertThat(saturations.of(SHORT, other, targets)).isNotEqualTo(first);
            assertThat(Files.readAllLines(file)).hasSize(2);
        }
    }

    @Test
    void saysWhenTargetsCannotBeMetAtAnyRate() throws IOException {
        try (var saturations = Saturations.in(folder.resolve("s.jsonl"))) {
            SloTargets impossible = SloSet.PAPER.targets(Duration.ofMillis(1));
            assertThatThrownBy(() -> saturations.of(SHORT, H100, impossible))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("even at 0.001 of its rate short does not reach 0.992");
        }
    }

    @Test
    void tellsChatFromCodeByTheLengthOfAnswers() {
        assertThat(SHORT.shape()).isEqualTo(Workload.Shape.CODE);
        assertThat(Workload.of("long", List.of(new TraceRequest(0, 10, 64))).shape())
                .isEqualTo(Workload.Shape.CHAT);
    }

    private static List<TraceRequest> shortRequests() {
        var random = new SplittableRandom(5);
        List<TraceRequest> requests = new ArrayList<>();
        double seconds = 0;
        for (int i = 0; i < 400; i++) {
            seconds -= StrictMath.log(1 - random.nextDouble()) / 20;
            requests.add(
                    new TraceRequest(
                            (long) (seconds * 1e9),
                            random.nextInt(100, 800),
                            random.nextInt(4, 20)));
        }
        return requests;
    }
}
