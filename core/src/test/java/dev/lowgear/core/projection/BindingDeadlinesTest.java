package dev.lowgear.core.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.slo.Target;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class BindingDeadlinesTest {
    private static Deadline deadline(int segment, long remaining, double weight, String id) {
        return new Deadline(segment, remaining, weight, Target.E2E, id);
    }

    @Test
    void certainDeadlinesLeaveTheirParetoFrontier() {
        Deadline early = deadline(0, 50, 1, "early");
        Deadline implied = deadline(1, 300, 1, "implied");
        Deadline late = deadline(3, 200, 1, "late");
        assertThat(BindingDeadlines.of(List.of(early, implied, late), 1))
                .containsExactly(early, late);
    }

    @Test
    void lightDeadlinesImplyNothingUntilTheyAddUp() {
        Deadline late = deadline(3, 200, .3, "late");
        Deadline looser = deadline(1, 300, 1, "looser");
        assertThat(BindingDeadlines.of(List.of(looser, late), 1)).containsExactly(looser, late);
    }

    /** With any times of the segments and any budget below the bound, the verdict is the same. */
    @Seeds
    void noVerdictChanges(SplittableRandom random) {
        List<Deadline> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            all.add(
                    deadline(
                            random.nextInt(6),
                            random.nextInt(-50, 1_000),
                            random.nextInt(1, 5) / 4.,
                            "r" + i));
        }
        List<Deadline> kept = BindingDeadlines.of(BindingDeadlines.inOrder(all), 2);
        assertThat(all).containsAll(kept);
        assertThat(kept).isSortedAccordingTo((a, b) -> Integer.compare(a.segment(), b.segment()));
        for (int plan = 0; plan < 50; plan++) {
            long[] passed = new long[6];
            long time = 0;
            for (int s = 0; s < 6; s++) {
                time += random.nextInt(300);
                passed[s] = time;
            }
            double budget = random.nextInt(8) / 4.;
            assertThat(misses(kept, passed) > budget).isEqualTo(misses(all, passed) > budget);
        }
    }

    private static double misses(List<Deadline> deadlines, long[] passed) {
        return deadlines.stream()
                .filter(d -> passed[d.segment()] > d.remainingMicros())
                .mapToDouble(Deadline::weight)
                .sum();
    }
}
