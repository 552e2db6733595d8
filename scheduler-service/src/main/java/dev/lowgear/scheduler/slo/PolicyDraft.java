package dev.lowgear.scheduler.slo;

import dev.lowgear.contract.MessageCodec;
import dev.lowgear.contract.SloPolicyMessage;
import dev.lowgear.core.slo.EnergyMode;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.SloPolicy;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A policy as a client writes it: what is absent has its default. Read strictly: an unknown field,
 * a wrong type, a number as text are refused, because a typing error in a promise is an incident.
 * Version and revision may be there, as they are in what was read before, and say nothing.
 */
record PolicyDraft(
        @Nullable Integer schemaVersion,
        @Nullable String name,
        @Nullable Long revision,
        @Nullable String model,
        @Nullable String tenant,
        @Nullable String sloClass,
        @Nullable Long ttftMillis,
        @Nullable Long tbtMeanMillis,
        @Nullable Long tbtTailMillis,
        @Nullable Long e2eMillis,
        @Nullable Double attainment,
        @Nullable Integer priority,
        @Nullable Boolean sheddable,
        @Nullable Boolean rescueLost,
        @Nullable EnergyMode energyMode,
        @Nullable Integer clockFloorMhz,
        @Nullable Integer clockCeilingMhz,
        @Nullable Long maximumPaceMillis,
        @Nullable Double deadlinePriceMargin,
        @Nullable Double throttllemMargin) {

    /** How Jackson names its input inside a message. */
    private static final Pattern SOURCE =
            Pattern.compile(" ?\\(start marker at \\[Source: [^]]*]\\)| ?\\[Source: [^]]*]");

    private static final Pattern FIELD = Pattern.compile("([a-zA-Z0-9]+): .*", Pattern.DOTALL);

    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            textual -> {
                                textual.setCoercion(
                                        CoercionInputShape.Integer, CoercionAction.Fail);
                                textual.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                                textual.setCoercion(
                                        CoercionInputShape.Boolean, CoercionAction.Fail);
                            })
                    .build();

    /**
     * The draft in these bytes.
     *
     * @throws PolicyRefusedException if they are no JSON, or a field is unknown or of another type
     */
    static PolicyDraft read(byte[] body) {
        try {
            PolicyDraft draft = STRICT.readValue(body, PolicyDraft.class);
            if (draft == null) {
                throw PolicyRefusedException.malformed("a policy is a JSON object, not null");
            }
            return draft;
        } catch (UnrecognizedPropertyException e) {
            throw PolicyRefusedException.invalid(
                    e.getPropertyName(), "a policy has no field '" + e.getPropertyName() + "'");
        } catch (InputCoercionException e) {
            throw PolicyRefusedException.malformed(firstSentence(e.getOriginalMessage()));
        } catch (StreamReadException e) {
            throw notJson(e);
        } catch (DatabindException e) {
            throw wrongType(e);
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** What is wrong and where; nothing about the reader's own buffers. */
    private static PolicyRefusedException notJson(JacksonException e) {
        String what = SOURCE.matcher(e.getOriginalMessage()).replaceAll("");
        return PolicyRefusedException.malformed(
                "the body is not valid JSON: %s, line %d, column %d"
                        .formatted(
                                what, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }

    private static PolicyRefusedException wrongType(DatabindException e) {
        if (e.getPath().isEmpty()) {
            return PolicyRefusedException.malformed("a policy is one JSON object");
        }
        String field = e.getPath().getLast().getPropertyName();
        return PolicyRefusedException.invalid(
                field, field + ": not such a value; " + firstSentence(e.getOriginalMessage()));
    }

    private static String firstSentence(String message) {
        String line = message.lines().findFirst().orElse("");
        int end = line.indexOf("`: ");
        return end < 0 ? line : line.substring(end + 3);
    }

    /**
     * The policy drafted.
     *
     * @throws PolicyRefusedException naming the field that is impossible or contradicts another
     */
    SloPolicy toPolicy(String underName) {
        var message =
                new SloPolicyMessage(
                        MessageCodec.SCHEMA_VERSION,
                        underName,
                        0,
                        model,
                        tenant,
                        sloClass,
                        ttftMillis,
                        tbtMeanMillis,
                        tbtTailMillis,
                        e2eMillis,
                        attainment == null ? SloPolicy.STANDARD.attainment() : attainment,
                        priority == null ? 0 : priority,
                        sheddable != null && sheddable,
                        rescueLost != null && rescueLost,
                        energyMode == null ? EnergyMode.ENERGY : energyMode,
                        clockFloorMhz,
                        clockCeilingMhz,
                        maximumPaceMillis == null
                                ? SloPolicy.LONGEST_PACE.toMillis()
                                : maximumPaceMillis,
                        deadlinePriceMargin == null
                                ? Margins.STANDARD.deadlinePrice()
                                : deadlinePriceMargin,
                        throttllemMargin == null
                                ? Margins.STANDARD.throttllem()
                                : throttllemMargin);
        try {
            return message.toCore();
        } catch (IllegalArgumentException e) {
            String detail = String.valueOf(e.getMessage());
            Matcher matcher = FIELD.matcher(detail);
            throw PolicyRefusedException.invalid(
                    matcher.matches() ? asWritten(matcher.group(1)) : null, detail);
        }
    }

    /** A client's name of a field that the core names without its unit. */
    private static String asWritten(String field) {
        return switch (field) {
            case "ttft", "tbtMean", "tbtTail", "e2e", "maximumPace" -> field + "Millis";
            default -> field;
        };
    }
}
