package dev.lowgear.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.core.Seeds;
import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.simulator.study.ClockSweep.Tried;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

class ClockSweepTest {
    private static final ClockLadder A100 = ClockLadder.stepped(210, 1410, 15);

    @Seeds(count = 50)
    void findsTheBestOfAllClocksOfAValley(SplittableRandom random) {
        int valley = 15 * random.nextInt(14, 95);
        int slowest = 15 * random.nextInt(14, 94);
        IntFunction<Tried> truth =
                mhz ->
                        new Tried(
                                mhz >= slowest ? 0.995 : 0.95,
                                100 + Math.pow((mhz - valley) / 100.0, 2));
        Map<Integer, Tried> tried = swept(truth);
        int best = Math.max(slowest, Math.min(1410, Math.max(210, valley)));
        assertThat(new ClockSweep(A100).best(tried)).contains(best);
        assertThat(tried.size()).isLessThanOrEqualTo(27 + 8);
    }

    @Test
    void stopsEarlyWhereNoClockKeepsThePromise() {
        Map<Integer, Tried> tried = swept(mhz -> new Tried(0.98, mhz));
        assertThat(tried.keySet()).containsExactlyInAnyOrder(1410, 1365, 1320);
        assertThat(new ClockSweep(A100).best(tried)).isEqualTo(Optional.empty());
    }

    @Test
    void doesNotTryTheBottomOfTheLadderForNothing() {
        Map<Integer, Tried> tried =
                swept(mhz -> new Tried(1, 100 + Math.pow((mhz - 960) / 100.0, 2)));
        assertThat(tried.keySet()).allMatch(mhz -> mhz >= 600);
    }

    @Test
    void goesOnFromAnyPartOfWhatWasTried() {
        IntFunction<Tried> truth = mhz -> new Tried(1, 100 + Math.pow((mhz - 975) / 100.0, 2));
        Map<Integer, Tried> whole = swept(truth);
        Map<Integer, Tried> part = new HashMap<>();
        var sweep = new ClockSweep(A100);
        while (part.size() < whole.size() / 2) {
            int clock = sweep.next(part).orElseThrow();
            part.put(clock, truth.apply(clock));
        }
        assertThat(swept(truth, new HashMap<>(part))).isEqualTo(whole);
    }

    private static Map<Integer, Tried> swept(IntFunction<Tried> truth) {
        return swept(truth, new HashMap<>());
    }

    private static Map<Integer, Tried> swept(IntFunction<Tried> truth, Map<Integer, Tried> tried) {
        var sweep = new ClockSweep(A100);
        for (OptionalInt next = sweep.next(tried); next.isPresent(); next = sweep.next(tried)) {
            assertThat(tried.put(next.getAsInt(), truth.apply(next.getAsInt()))).isNull();
        }
        return tried;
    }
}
