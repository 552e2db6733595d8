package dev.lowgear.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class EngineLimitsTest {
    @Test
    void roundsTokensUpToBlocks() {
        EngineLimits limits = new EngineLimits(16, 100, 8, 64, 1000);

        assertThat(limits.blocksFor(0)).isZero();
        assertThat(limits.blocksFor(1)).isEqualTo(1);
        assertThat(limits.blocksFor(16)).isEqualTo(1);
        assertThat(limits.blocksFor(17)).isEqualTo(2);
        assertThat(limits.kvCapacityTokens()).isEqualTo(1600);
    }

    @Test
    void refusesACacheThatDoesNotHoldOneRequest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineLimits(16, 62, 8, 64, 1000))
                .withMessageContaining("does not hold one request of 1000 tokens");
    }

    @Test
    void refusesABudgetThatStarvesTheBatch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineLimits(16, 100, 65, 64, 1000))
                .withMessageContaining("starves a batch of 65");
    }

    @Test
    void refusesFiguresThatAreNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineLimits(0, 100, 8, 64, 1000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineLimits(16, 100, 0, 64, 1000));
    }
}
