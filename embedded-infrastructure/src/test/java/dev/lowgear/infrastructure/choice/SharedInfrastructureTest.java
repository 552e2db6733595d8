package dev.lowgear.infrastructure.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.function.Supplier;

class SharedInfrastructureTest {
    private final String before = System.getProperty(SharedInfrastructure.PROPERTY, "embedded");

    /** Nobody implements it. */
    interface NothingContainer extends Supplier<String> {}

    @AfterEach
    void putBack() {
        System.setProperty(SharedInfrastructure.PROPERTY, before);
    }

    @Test
    void isEmbeddedUnlessAskedOtherwise() {
        System.clearProperty(SharedInfrastructure.PROPERTY);
        assertThat(start()).isEqualTo("child process");
    }

    @Test
    void saysThatContainersNeedTheProfile() {
        System.setProperty(SharedInfrastructure.PROPERTY, "containers");
        assertThatThrownBy(SharedInfrastructureTest::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no NothingContainer is on the class path")
                .hasMessageContaining("profile `containers`");
    }

    @Test
    void refusesAnythingElse() {
        System.setProperty(SharedInfrastructure.PROPERTY, "kubernetes");
        assertThatThrownBy(SharedInfrastructureTest::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("embedded or containers, not 'kubernetes'");
    }

    private static String start() {
        return SharedInfrastructure.start(() -> "child process", NothingContainer.class);
    }
}
