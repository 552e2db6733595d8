package dev.lowgear.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import java.util.SplittableRandom;

class SeedsTest {
    @Seeds(count = 3)
    void theDisplayNameIsTheSeedThatReproducesTheCase(SplittableRandom random, TestInfo test) {
        long seed = Long.parseLong(test.getDisplayName().replaceFirst("seed ", ""));

        assertThat(random.nextLong()).isEqualTo(new SplittableRandom(seed).nextLong());
    }

    @Test
    void runsEverySeedOnce() throws NoSuchMethodException {
        Seeds.Randoms randoms = new Seeds.Randoms();
        randoms.accept(
                SeedsTest.class
                        .getDeclaredMethod(
                                "theDisplayNameIsTheSeedThatReproducesTheCase",
                                SplittableRandom.class,
                                TestInfo.class)
                        .getAnnotation(Seeds.class));
        long expected = System.getProperty("seed") == null ? Integer.getInteger("seeds", 3) : 1;

        assertThat(randoms.seeds()).hasSize((int) expected).doesNotHaveDuplicates();
    }
}
