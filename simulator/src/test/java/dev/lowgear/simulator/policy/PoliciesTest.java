package dev.lowgear.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.control.ControlTiming;
import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.core.slo.SloPolicy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class PoliciesTest {
    private static final RunContext CONTEXT =
            new RunContext(
                    EngineProfile.parse("llama-2-13b/a100-40gb/tp2"),
                    SloPolicy.STANDARD,
                    ControlTiming.STANDARD,
                    1);

    static List<String> names() {
        return Policies.forms().stream()
                .map(form -> form.replace("<MHz>", "1005").replace("[:<lengths>]", ""))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPolicyIsMadeUnderItsName(String name) {
        PolicyFactory factory = Policies.parse(name);
        assertThat(factory.name()).isEqualTo(name);
        assertThat(factory.create(CONTEXT).name()).isEqualTo(name);
        assertThat(factory.lengthQuantile()).isBetween(.5, .99);
    }

    @Test
    void thePapersRulePlansWithInflatedLengths() {
        assertThat(Policies.parse("throttllem").lengthQuantile()).isEqualTo(.9);
    }

    @Test
    void throttllemCanBeGivenLengthsOfItsOwn() {
        PolicyFactory own = Policies.parse("throttllem-servo:noisy:0.30");
        assertThat(own.name()).isEqualTo("throttllem-servo:noisy:0.30");
        assertThat(own.lengths()).contains(new LengthSource.Noisy(.3));
        assertThat(own.inflatesLengths()).isTrue();
        PolicyFactory plain = Policies.parse("throttllem-paper");
        assertThat(plain.lengths()).as("those of the run").isEmpty();
        assertThatThrownBy(() -> Policies.parse("throttllem-paper:noisy:much"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("noisy:<error>");
    }

    @Test
    void policiesThatDoNotLookAheadSaySo() {
        assertThat(Policies.parse("fixed-clock-idle:1005").looksAhead()).isFalse();
        assertThat(Policies.parse("bandit").looksAhead()).isFalse();
        assertThat(Policies.parse("lowgear").looksAhead()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fastest", "fixed-clock", "fixed-clock:0", "fixed-clock:1e3"})
    void whatIsUnknownIsRefusedWithWhatIsKnown(String name) {
        assertThatThrownBy(() -> Policies.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("maximum-clock, fixed-clock:<MHz>, throttllem");
    }
}
