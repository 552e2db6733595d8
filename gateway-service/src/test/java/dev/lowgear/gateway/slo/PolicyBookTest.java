package dev.lowgear.gateway.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.EnergyMode;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.PolicyMatch;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;
import dev.lowgear.gateway.openai.OpenAiException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;

class PolicyBookTest {
    private static final RequestedSlo NOTHING = new RequestedSlo.Nothing();

    @Test
    void knowsTheStandardBeforeAnythingWasRead() {
        SloTerms terms = PolicyBook.EMPTY.resolve("m", null, NOTHING);
        assertThat(terms.policy()).isEqualTo(SloPolicy.STANDARD);
        assertThat(terms.revision()).isZero();
        assertThat(
                        PolicyBook.EMPTY
                                .resolve("m", null, new RequestedSlo.NamedClass("gold"))
                                .policy())
                .isEqualTo(SloPolicy.STANDARD);
    }

    @Test
    void takesTheFirstThatMatches() {
        PolicyBook book =
                book(
                        policy("by-class", null, null, "gold"),
                        policy("by-tier", null, null, "flex"),
                        policy("by-tenant", null, "acme", null),
                        policy("by-model", "m", null, null),
                        SloPolicy.STANDARD);
        assertThat(name(book, "m", "acme", new RequestedSlo.NamedClass("gold")))
                .isEqualTo("by-class");
        assertThat(name(book, "m", "acme", new RequestedSlo.Tier("flex"))).isEqualTo("by-tier");
        assertThat(name(book, "m", "acme", new RequestedSlo.Tier("other"))).isEqualTo("by-tenant");
        assertThat(name(book, "m", "acme", NOTHING)).isEqualTo("by-tenant");
        assertThat(name(book, "m", "else", NOTHING)).isEqualTo("by-model");
        assertThat(name(book, "x", null, NOTHING)).isEqualTo("standard");
    }

    @Test
    void prefersTheMoreSpecificPolicyOfAClass() {
        PolicyBook book =
                book(
                        policy("gold", null, null, "gold"),
                        policy("gold-acme", null, "acme", "gold"),
                        policy("gold-acme-m", "m", "acme", "gold"));
        RequestedSlo gold = new RequestedSlo.NamedClass("gold");
        assertThat(name(book, "m", "acme", gold)).isEqualTo("gold-acme-m");
        assertThat(name(book, "x", "acme", gold)).isEqualTo("gold-acme");
        assertThat(name(book, "m", "else", gold)).isEqualTo("gold");
    }

    @Test
    void takesAPolicyByItsOwnNameIfItIsForTheRequest() {
        PolicyBook book = book(policy("night", "m", null, null), SloPolicy.STANDARD);
        assertThat(name(book, "m", null, new RequestedSlo.NamedClass("night"))).isEqualTo("night");
        assertThatExceptionOfType(OpenAiException.class)
                .isThrownBy(() -> book.resolve("x", null, new RequestedSlo.NamedClass("night")))
                .satisfies(refused ->
                        assertThat(refused.error().param()).isEqualTo("x-lowgear-slo-class"));
    }

    @Test
    void letsARequestsOwnTargetsReplaceThoseOfItsPolicy() {
        PolicyBook book = book(policy("by-tenant", null, "acme", null));
        RequestedSlo own = RequestedSlo.of(header(Map.of("x-slo-ttft-ms", "250")), "flex");
        SloTerms terms = book.resolve("m", "acme", own);
        assertThat(terms.policy().name()).isEqualTo("by-tenant");
        assertThat(terms.targets())
                .isEqualTo(new SloTargets(Duration.ofMillis(250), null, null, null));
    }

    @Test
    void aClassNamedCountsBeforeTargetsAndTargetsBeforeATier() {
        assertThat(
                        RequestedSlo.of(
                                header(
                                        Map.of(
                                                "x-lowgear-slo-class", "gold",
                                                "x-slo-tpot-ms", "9")),
                                "flex"))
                .isEqualTo(new RequestedSlo.NamedClass("gold"));
        assertThat(RequestedSlo.of(header(Map.of()), "flex"))
                .isEqualTo(new RequestedSlo.Tier("flex"));
        assertThat(RequestedSlo.of(header(Map.of()), "fast"))
                .isEqualTo(new RequestedSlo.Tier("priority"));
        assertThat(RequestedSlo.of(header(Map.of()), "auto")).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "0", "-1", "NaN", "Infinity", "1e12"})
    void refusesATargetThatIsNoTime(String value) {
        assertThatExceptionOfType(OpenAiException.class)
                .isThrownBy(
                        () -> RequestedSlo.of(header(Map.of("x-llm-d-slo-ttft-ms", value)), null))
                .satisfies(refused ->
                        assertThat(refused.error().param()).isEqualTo("x-llm-d-slo-ttft-ms"));
    }

    @Test
    void refusesTargetsThatContradictEachOther() {
        assertThatExceptionOfType(OpenAiException.class)
                .isThrownBy(() ->
                        RequestedSlo.of(
                                header(
                                        Map.of(
                                                "x-slo-ttft-ms", "5000",
                                                "x-lowgear-slo-e2e-ms", "100")),
                                null));
    }

    @Test
    void neverGoesBackToAnOlderRevision() {
        SloPolicy newer = policy("p", "m", null, null);
        PolicyBook book = PolicyBook.EMPTY.with(newer, 7).with(policy("p", "other", null, null), 6);
        assertThat(book.resolve("m", null, NOTHING).revision()).isEqualTo(7);
        assertThat(book.without("p").resolve("m", null, NOTHING).policy())
                .isEqualTo(SloPolicy.STANDARD);
    }

    private static String name(
            PolicyBook book, String model, @Nullable String tenant, RequestedSlo requested) {
        return book.resolve(model, tenant, requested).policy().name();
    }

    private static java.util.function.Function<String, @Nullable String> header(
            Map<String, String> headers) {
        return headers::get;
    }

    private static PolicyBook book(SloPolicy... policies) {
        PolicyBook book = PolicyBook.EMPTY;
        for (SloPolicy policy : policies) {
            book = book.with(policy, 1);
        }
        return book;
    }

    private static SloPolicy policy(
            String name,
            @Nullable String model,
            @Nullable String tenant,
            @Nullable String sloClass) {
        return new SloPolicy(
                name,
                new PolicyMatch(model, tenant, sloClass),
                SloTargets.STANDARD,
                0.99,
                0,
                false,
                false,
                EnergyMode.ENERGY,
                ClockBounds.ANY,
                Duration.ZERO,
                Margins.STANDARD);
    }
}
