package dev.lowgear.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.EnergyMode;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.PolicyMatch;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

class SloPolicyMessageTest {
    @Test
    void carriesEveryFieldOfAPolicyUnchanged() {
        SloPolicy policy =
                new SloPolicy(
                        "interactive",
                        new PolicyMatch("llama-2-13b", "acme", "gold"),
                        new SloTargets(
                                Duration.ofSeconds(2),
                                Duration.ofMillis(60),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(20)),
                        0.995,
                        5,
                        true,
                        true,
                        EnergyMode.CARBON,
                        new ClockBounds(600, 1200),
                        Duration.ofMillis(50),
                        new Margins(1.6, 2.0));
        byte[] bytes = MessageCodec.encode(SloPolicyMessage.of(policy, 3));
        assertThat(MessageCodec.decode(bytes, SloPolicyMessage.class).toCore()).isEqualTo(policy);
    }

    @Test
    void leavesOutWhatAPolicyDoesNotPromiseOrBound() {
        SloPolicyMessage standard = SloPolicyMessage.of(SloPolicy.STANDARD, 1);
        assertThat(standard.ttftMillis()).isNull();
        assertThat(standard.clockFloorMhz()).isNull();
        assertThat(standard.clockCeilingMhz()).isNull();
        assertThat(standard.toCore()).isEqualTo(SloPolicy.STANDARD);
    }

    @Test
    void namesTheFieldThatIsImpossible() {
        String json =
                new String(
                                MessageCodec.encode(SloPolicyMessage.of(SloPolicy.STANDARD, 1)),
                                StandardCharsets.UTF_8)
                        .replace("\"attainment\":0.99", "\"attainment\":1.5");
        SloPolicyMessage absurd =
                MessageCodec.decode(json.getBytes(StandardCharsets.UTF_8), SloPolicyMessage.class);
        assertThatThrownBy(absurd::toCore).hasMessageStartingWith("attainment: ");
    }
}
