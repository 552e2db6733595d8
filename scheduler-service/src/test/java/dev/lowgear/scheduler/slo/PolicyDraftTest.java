package dev.lowgear.scheduler.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lowgear.core.slo.EnergyMode;
import dev.lowgear.core.slo.SloPolicy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

class PolicyDraftTest {
    private static SloPolicy policy(String json) {
        return PolicyDraft.read(json.getBytes(StandardCharsets.UTF_8)).toPolicy("chat");
    }

    @Test
    void whatIsAbsentHasItsDefault() {
        SloPolicy policy = policy("{}");
        assertThat(policy.attainment()).isEqualTo(0.99);
        assertThat(policy.energyMode()).isEqualTo(EnergyMode.ENERGY);
        assertThat(policy.margins().throttllem()).isEqualTo(2.5);
        assertThat(policy.targets().e2e()).isNull();
    }

    @Test
    void everyFieldIsRead() {
        SloPolicy policy =
                policy(
                        """
                        {"schemaVersion": 1, "name": "chat", "revision": 12,
                         "model": "m", "tenant": "t", "sloClass": "c",
                         "ttftMillis": 500, "tbtMeanMillis": 60, "tbtTailMillis": 120,
                         "e2eMillis": 9000, "attainment": 0.995, "priority": 5,
                         "sheddable": true, "rescueLost": true, "energyMode": "off",
                         "clockFloorMhz": 705, "clockCeilingMhz": 1200,
                         "maximumPaceMillis": 100, "deadlinePriceMargin": 1.4,
                         "throttllemMargin": 2}
                        """);
        assertThat(policy.match().matches("m", "t", "c")).isTrue();
        assertThat(policy.match().matches("m", "t", "other")).isFalse();
        assertThat(policy.targets().tbtTail()).isEqualTo(Duration.ofMillis(120));
        assertThat(policy.attainment()).isEqualTo(0.995);
        assertThat(policy.priority()).isEqualTo(5);
        assertThat(policy.sheddable()).isTrue();
        assertThat(policy.rescueLost()).isTrue();
        assertThat(policy.energyMode()).isEqualTo(EnergyMode.OFF);
        assertThat(policy.clocks().floorMhz()).isEqualTo(705);
        assertThat(policy.clocks().ceilingMhz()).isEqualTo(1200);
        assertThat(policy.maximumPace()).isEqualTo(Duration.ofMillis(100));
        assertThat(policy.margins().deadlinePrice()).isEqualTo(1.4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "{\"a\" 1}",
                "{} {}",
                "[]",
                "7",
                "\"text\"",
                "null",
                "{\"e2eMillis\": 1, \"e2eMillis\": 2}",
                "{\"attainment\": NaN}",
                "{\"e2eMillis\": 99999999999999999999999}"
            })
    void whatIsNoJsonObjectIsMalformed(String body) {
        assertThatExceptionOfType(PolicyRefusedException.class)
                .isThrownBy(() -> policy(body))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.getMessage()).doesNotContain("Source", "tools.jackson");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
"""
                    {              | end-of-input           | line 1, column 2
                    {"a" 1}        | expecting a colon      | line 1, column 6
                    nonsense       | Unrecognized token     | line 1, column 1
                    '{"e2eMillis": 5,
} ' | double-quote | line 2, column 1
""")
    void whatIsNoJsonIsToldWhatIsWrongAndWhere(String body, String what, String where) {
        assertThatExceptionOfType(PolicyRefusedException.class)
                .isThrownBy(() -> policy(body))
                .satisfies(refused ->
                        assertThat(refused.getMessage())
                                .startsWith("the body is not valid JSON: ")
                                .contains(what)
                                .endsWith(where));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"e2eMilis": 5}                              | e2eMilis
                    {"e2eMillis": "5"}                           | e2eMillis
                    {"e2eMillis": 5.5}                           | e2eMillis
                    {"e2eMillis": -5}                            | e2eMillis
                    {"e2eMillis": 0}                             | e2eMillis
                    {"e2eMillis": 9223372036854775807}           | e2eMillis
                    {"e2eMillis": [1]}                           | e2eMillis
                    {"ttftMillis": 86400001}                     | ttftMillis
                    {"ttftMillis": 500, "e2eMillis": 400}        | e2eMillis
                    {"tbtMeanMillis": 50, "tbtTailMillis": 40}   | tbtTailMillis
                    {"attainment": 0}                            | attainment
                    {"attainment": 1.01}                         | attainment
                    {"attainment": "high"}                       | attainment
                    {"priority": 1001}                           | priority
                    {"priority": 1e99}                           | priority
                    {"sheddable": "yes"}                         | sheddable
                    {"sheddable": 1}                             | sheddable
                    {"energyMode": "wind"}                       | energyMode
                    {"energyMode": 1}                            | energyMode
                    {"clockFloorMhz": -1}                        | clockFloorMhz
                    {"clockFloorMhz": 2000000}                   | clockFloorMhz
                    {"clockFloorMhz": 900, "clockCeilingMhz": 800} | clockCeilingMhz
                    {"clockCeilingMhz": 0}                       | clockCeilingMhz
                    {"maximumPaceMillis": -1}                    | maximumPaceMillis
                    {"maximumPaceMillis": 501}                   | maximumPaceMillis
                    {"deadlinePriceMargin": 0.9}                 | deadlinePriceMargin
                    {"throttllemMargin": 11}                     | throttllemMargin
                    {"model": ""}                                | model
                    {"model": 5}                                 | model
                    {"tenant": "  "}                             | tenant
                    """)
    void whatNoPolicyCanHaveIsRefusedByItsField(String body, String field) {
        assertThatExceptionOfType(PolicyRefusedException.class)
                .isThrownBy(() -> policy(body))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(422);
                    assertThat(refused.field()).isEqualTo(field);
                    assertThat(refused.getMessage()).isNotBlank();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Chat", "", "a b", "../etc", "ä"})
    void nameIsOfASafeForm(String name) {
        assertThatExceptionOfType(PolicyRefusedException.class)
                .isThrownBy(() ->
                        PolicyDraft.read("{}".getBytes(StandardCharsets.UTF_8)).toPolicy(name))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("name"));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"*, true", "'\"3\"', true", "'\"2\"', false", "3, false"},
            nullValues = "null")
    void conditionIsMetByItsOwnRevisionOnly(@Nullable String ifMatch, boolean met) {
        assertThat(PolicyCondition.of(ifMatch).allows(3)).isEqualTo(met);
    }

    @Test
    void changeWithoutConditionIsRefused() {
        assertThatExceptionOfType(PolicyRefusedException.class)
                .isThrownBy(() -> PolicyCondition.of(null))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(428));
    }
}
