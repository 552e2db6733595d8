package dev.lowgear.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.contract.AgentInventory;
import dev.lowgear.core.fleet.AgentId;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class FleetTest {
    private static final long SECOND = 1_000_000_000L;
    private static final URI URL = URI.create("http://127.0.0.1:8081");

    private final Fleet fleet = new Fleet(Duration.ofSeconds(10));

    @Test
    void routesToReadyEnginesOfAgentsThatSpeak() {
        announce("node-1", "ready", false, 0);
        announce("node-2", "starting", false, 0);
        announce("node-3", "ready", true, 0);
        assertThat(serving(1)).containsExactly("node-1-engine");
        assertThat(serving(11)).isEmpty();
        assertThat(fleet.model("m"))
                .hasValueSatisfying(model -> assertThat(model.maximumLength()).isEqualTo(4096));
    }

    @Test
    void triesASuspectOnlyIfNobodyElseIsLeft() {
        announce("node-1", "ready", false, 0);
        announce("node-2", "ready", false, 0);
        fleet.unreachable(new AgentId("node-1"), 0);
        assertThat(serving(1)).containsExactly("node-2-engine");
        fleet.unreachable(new AgentId("node-2"), 0);
        assertThat(serving(1)).containsExactly("node-1-engine", "node-2-engine");
        announce("node-1", "ready", false, SECOND);
        assertThat(serving(1)).containsExactly("node-1-engine");
    }

    @Test
    void keepsWhatAnAgentAnnouncedWhenItIsOnlyAsked() {
        announce("node-1", "ready", false, 0);
        fleet.asked(
                new AgentId("node-1"),
                URL,
                List.of(new PolledEngine("node-1-engine", "m", "draining")),
                SECOND);
        assertThat(serving(1)).isEmpty();
        assertThat(fleet.model("m"))
                .hasValueSatisfying(model -> assertThat(model.maximumLength()).isEqualTo(4096));
    }

    @Test
    void forgetsAnAgentThatWithdrew() {
        announce("node-1", "ready", false, 0);
        fleet.withdrawn(new AgentId("node-1"));
        assertThat(fleet.models()).isEmpty();
        assertThat(fleet.urlOf("node-1")).isEmpty();
    }

    @Test
    void tellsOnlyOfChangesThatMatter() {
        AtomicInteger told = new AtomicInteger();
        fleet.onChange(told::incrementAndGet);
        announce("node-1", "ready", false, 0);
        announce("node-1", "ready", false, SECOND);
        assertThat(told).hasValue(1);
        announce("node-1", "draining", false, SECOND);
        assertThat(told).hasValue(2);
    }

    @Test
    void refusesAnAgentThatCannotBeReachedByHttp() {
        assertThatThrownBy(() ->
                        fleet.announced(
                                new AgentInventory(
                                        1,
                                        "node-1",
                                        1,
                                        "file:/etc",
                                        0,
                                        List.of(),
                                        List.of(),
                                        false),
                                0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("url");
    }

    private List<String> serving(long second) {
        return fleet.serving("m", second * SECOND).stream()
                .map(engine -> engine.id().value())
                .toList();
    }

    private void announce(String agent, String state, boolean draining, long nanos) {
        fleet.announced(
                new AgentInventory(
                        1,
                        agent,
                        1,
                        URL.toString(),
                        0,
                        List.of(),
                        List.of(
                                new AgentInventory.Engine(
                                        agent + "-engine",
                                        "m",
                                        "m/g/tp1",
                                        "f",
                                        "simulated",
                                        state,
                                        1,
                                        32,
                                        1000,
                                        16,
                                        512,
                                        4096,
                                        true,
                                        List.of("g"))),
                        draining),
                nanos);
    }
}
