package dev.lowgear.simulator.hindsight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.physics.EnginePhysics;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.simulator.run.RunResult;
import dev.lowgear.simulator.trace.TraceRequest;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

class ClairvoyantTest {
    private static final EnginePhysics PHYSICS =
            EnginePhysics.perturbed(Requests.PROFILE, new SplittableRandom(3));
    private static final List<TraceRequest> CHAT = Requests.chat(1.5, Duration.ofMinutes(3), 3);
    private static final double HORIZON_SECONDS = 240;

    @Test
    void keepsTheAttainmentThatIsAskedForAndIsCheaperThanAnyStart() {
        RunResult found = search(Levers.CLOCK_AND_PACE, 600_000);
        assertThat(found.attainment()).isGreaterThanOrEqualTo(.99);
        assertThat(found.requests()).isEqualTo(CHAT.size());
        assertThat(found.tokens())
                .isEqualTo(CHAT.stream().mapToLong(TraceRequest::outputTokens).sum());
        assertThat(found.joules())
                .isLessThan(.99 * search(Levers.CLOCK_AND_PACE, 0).joules())
                .isGreaterThan(RelaxedBound.joules(PHYSICS, CHAT, HORIZON_SECONDS));
    }

    @Test
    void twoLeversSaveMoreThanOne() {
        double clock = search(Levers.CLOCK, 1_200_000).joules();
        double both = search(Levers.CLOCK_AND_PACE, 1_200_000).joules();
        assertThat(both).isLessThan(.98 * clock);
    }

    @Test
    void searchingLongerFindsNoLessAndTheSameSearchTheSame() {
        RunResult brief = search(Levers.CLOCK_AND_PACE, 200_000);
        assertThat(search(Levers.CLOCK_AND_PACE, 200_000)).isEqualTo(brief);
        assertThat(search(Levers.CLOCK_AND_PACE, 400_000).joules())
                .isLessThanOrEqualTo(brief.joules());
    }

    @Test
    void aSearchSecondIsSoManyIterations() {
        List<TraceRequest> few = CHAT.subList(0, 20);
        SearchResult found =
                new Clairvoyant(Levers.CLOCK, 1).search(PHYSICS, SloPolicy.STANDARD, few, 60);
        assertThat(found.run().attainment()).isEqualTo(1);
        assertThat(found.iterationsSearched())
                .isLessThan(ScheduleSearch.ITERATIONS_PER_SECOND * 11 / 10);
    }

    @Test
    void missesAsLittleAsItCanWhereTooMuchArrives() {
        List<TraceRequest> flood = Requests.chat(8, Duration.ofMinutes(1), 4);
        RunResult found =
                new Clairvoyant(Levers.CLOCK, 1)
                        .search(PHYSICS, SloPolicy.STANDARD, flood, 120, 100_000)
                        .run();
        assertThat(found.attainment()).isBetween(.01, .98);
    }

    @Test
    void refusesASearchWithoutTime() {
        assertThatThrownBy(() -> new Clairvoyant(Levers.CLOCK, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 86400");
    }

    private static RunResult search(Levers levers, long iterations) {
        return new Clairvoyant(levers, Clairvoyant.USUAL_SECONDS)
                .search(PHYSICS, SloPolicy.STANDARD, CHAT, HORIZON_SECONDS, iterations)
                .run();
    }
}
