package dev.lowgear.simulator.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.EnergyMode;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class SloFileTest {
    @Test
    void readsTargetsAndTakesTheRestFromTheStandardPolicy() {
        SloPolicy slo = SloFile.parse("{\"ttftMillis\": 2000, \"e2eMillis\": 20000}");
        assertThat(slo.targets())
                .isEqualTo(
                        new SloTargets(Duration.ofSeconds(2), null, null, Duration.ofSeconds(20)));
        assertThat(slo.attainment()).isEqualTo(SloPolicy.STANDARD.attainment());
        assertThat(slo.maximumPace()).isEqualTo(SloPolicy.STANDARD.maximumPace());
    }

    @Test
    void readsWhatTheAdminApiAnswers() {
        SloPolicy slo =
                SloFile.parse(
                        """
                        {"schemaVersion": 1, "name": "gold", "revision": 7, "model": "m",
                         "tenant": null, "tbtMeanMillis": 60, "tbtTailMillis": 150,
                         "attainment": 0.95, "priority": 5, "sheddable": true, "rescueLost": true,
                         "energyMode": "off", "clockFloorMhz": 800, "clockCeilingMhz": 1200,
                         "maximumPaceMillis": 0, "deadlinePriceMargin": 1.5,
                         "throttllemMargin": 2}
                        """);
        assertThat(slo.targets().tbtTail()).isEqualTo(Duration.ofMillis(150));
        assertThat(slo.attainment()).isEqualTo(0.95);
        assertThat(slo.rescueLost()).isTrue();
        assertThat(slo.energyMode()).isEqualTo(EnergyMode.OFF);
        assertThat(slo.clocks()).isEqualTo(new ClockBounds(800, 1200));
        assertThat(slo.maximumPace()).isZero();
        assertThat(slo.margins().deadlinePrice()).isEqualTo(1.5);
        assertThat(slo.margins().throttllem()).isEqualTo(2);
    }

    @Test
    void saysWhatWasExpectedWhere() {
        refuses("", "expected a JSON object");
        refuses("[]", "expected a JSON object");
        refuses("{\n\"ttftMillis\": }", "line 2: expected JSON");
        refuses("{}", "expected at least one of [ttftMillis, tbtMeanMillis");
        refuses("{\"attainment\": 0.9}", "expected at least one of");
        refuses("{\"ttft\": 5}", "unknown [ttft]; there are [ttftMillis");
        refuses("{\"ttftMillis\": \"5\"}", "ttftMillis: expected a whole number, got \"5\"");
        refuses("{\"ttftMillis\": 2.5}", "ttftMillis: expected a whole number, got 2.5");
        refuses("{\"ttftMillis\": -5}", "ttft: a target is positive");
        refuses("{\"ttftMillis\": 9, \"e2eMillis\": 5}", "the last token cannot be due before");
        refuses("{\"ttftMillis\": 9, \"ttftMillis\": 5}", "uplicate");
        refuses("{\"ttftMillis\": 9, \"attainment\": 2}", "attainment: in (0, 1], got 2.0");
        refuses("{\"ttftMillis\": 9, \"attainment\": \"a\"}", "attainment: expected a number");
        refuses("{\"ttftMillis\": 9, \"rescueLost\": 1}", "rescueLost: expected true or false");
        refuses("{\"ttftMillis\": 9, \"energyMode\": \"most\"}", "energyMode: expected one of");
    }

    private static void refuses(String text, String why) {
        assertThatThrownBy(() -> SloFile.parse(text))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
