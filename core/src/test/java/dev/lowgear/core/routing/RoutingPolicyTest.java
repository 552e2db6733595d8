package dev.lowgear.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.fleet.EngineId;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class RoutingPolicyTest {
    private static final RoutingPolicy LEAST_LOADED = new LeastLoaded();

    @Test
    void takesTurnsWhateverTheEnginesDo() {
        List<EngineCandidate> engines = List.of(engine("a", 9, 9, 10), engine("b", 0, 0, 10));
        RoutingPolicy policy = new RoundRobin();
        assertThat(List.of(0, 1, 2, 3).stream().map(turn -> policy.choose(engines, turn)))
                .containsExactly(0, 1, 0, 1);
    }

    @Test
    void comparesSharesOfTheBatchNotCounts() {
        assertThat(choose(engine("small", 2, 0, 4), engine("large", 5, 0, 64))).isEqualTo(1);
    }

    @Test
    void believesTheHigherOfItsOwnCountAndTheReport() {
        assertThat(choose(engine("busy", 0, 8, 16), engine("sent", 7, 0, 16))).isEqualTo(1);
        assertThat(choose(engine("busy", 0, 6, 16), engine("sent", 7, 0, 16))).isZero();
    }

    @Test
    void takesTurnsAmongEquals() {
        List<EngineCandidate> equals =
                List.of(engine("a", 1, 1, 8), engine("b", 1, 1, 8), engine("full", 8, 8, 8));
        assertThat(LEAST_LOADED.choose(equals, 0)).isZero();
        assertThat(LEAST_LOADED.choose(equals, 1)).isEqualTo(1);
        assertThat(LEAST_LOADED.choose(equals, 2)).isZero();
    }

    @Seeds
    void neverChoosesAnEngineBesideALighterOne(SplittableRandom random) {
        List<EngineCandidate> engines = new ArrayList<>();
        int count = random.nextInt(1, 12);
        for (int i = 0; i < count; i++) {
            engines.add(
                    engine("e" + i, random.nextInt(50), random.nextInt(50), random.nextInt(1, 64)));
        }
        EngineCandidate chosen = engines.get(LEAST_LOADED.choose(engines, random.nextLong()));
        double share = (double) chosen.occupied() / chosen.maximumBatch();
        assertThat(engines)
                .allSatisfy(other ->
                        assertThat((double) other.occupied() / other.maximumBatch())
                                .isGreaterThanOrEqualTo(share - 1e-12));
    }

    @Test
    void refusesAnEngineWithoutABatch() {
        assertThatThrownBy(() -> engine("none", 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batch");
    }

    private static int choose(EngineCandidate... engines) {
        return LEAST_LOADED.choose(List.of(engines), 0);
    }

    private static EngineCandidate engine(String id, int inFlight, int active, int batch) {
        return new EngineCandidate(new EngineId(id), inFlight, active, batch);
    }
}
