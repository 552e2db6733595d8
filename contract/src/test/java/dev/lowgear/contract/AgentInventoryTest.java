package dev.lowgear.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.fleet.HostedEngine;
import dev.lowgear.core.gpu.ClockLadder;

import org.junit.jupiter.api.Test;

import java.util.List;

class AgentInventoryTest {
    private static AgentInventory.Gpu gpu(String uuid, Integer... clocks) {
        return new AgentInventory.Gpu(uuid, "a100-40gb", List.of(clocks), null);
    }

    private static AgentInventory with(List<AgentInventory.Gpu> gpus, String... ofEngine) {
        var engine =
                new AgentInventory.Engine(
                        "e1",
                        "llama-2-13b",
                        "llama-2-13b/a100-40gb/tp2",
                        "f",
                        "simulated",
                        "ready",
                        2,
                        256,
                        100_000,
                        16,
                        512,
                        4_096,
                        true,
                        List.of(ofEngine));
        return new AgentInventory(
                1, "a1", 1, "http://127.0.0.1:1", 0, gpus, List.of(engine), false);
    }

    @Test
    void engineHasTheClocksThatAllItsGpusSupport() {
        List<HostedEngine> hosted =
                with(
                                List.of(
                                        gpu("g1", 705, 1005, 1410),
                                        gpu("g2", 705, 1200, 1410),
                                        gpu("g3", 210)),
                                "g1",
                                "g2")
                        .toCore();
        assertThat(hosted).hasSize(1);
        assertThat(hosted.getFirst().clocks()).isEqualTo(ClockLadder.of(705, 1410));
        assertThat(hosted.getFirst().maximumBatch()).isEqualTo(256);
        assertThat(hosted.getFirst().agent().value()).isEqualTo("a1");
    }

    @Test
    void engineWithoutKnownClocksIsNotDecidedAbout() {
        assertThat(with(List.of(gpu("g1")), "g1").toCore()).isEmpty();
        assertThat(with(List.of(gpu("g1", 705)), "elsewhere").toCore()).isEmpty();
    }
}
