package dev.lowgear.simulator.comparison;

import dev.lowgear.core.slo.ClockBounds;
import dev.lowgear.core.slo.EnergyMode;
import dev.lowgear.core.slo.Margins;
import dev.lowgear.core.slo.SloPolicy;
import dev.lowgear.core.slo.SloTargets;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Promises written as a JSON object with the names that the admin API has for them, so that one of
 * its policies can be pasted:
 *
 * <pre>
 * {"ttftMillis": 2000, "tbtMeanMillis": 60, "e2eMillis": 20000, "attainment": 0.99}
 * </pre>
 *
 * At least one target is given; whatever else is left out is as in the policy {@code standard}.
 * What tells one policy's requests from another's is read over, because all requests of a
 * simulation have this one.
 */
public final class SloFile {
    private static final List<String> TARGETS =
            List.of("ttftMillis", "tbtMeanMillis", "tbtTailMillis", "e2eMillis");
    private static final List<String> OTHERS =
            List.of(
                    "attainment",
                    "rescueLost",
                    "energyMode",
                    "clockFloorMhz",
                    "clockCeilingMhz",
                    "maximumPaceMillis",
                    "deadlinePriceMargin",
                    "throttllemMargin");
    private static final Set<String> READ_OVER =
            Set.of(
                    "schemaVersion",
                    "name",
                    "revision",
                    "model",
                    "tenant",
                    "sloClass",
                    "priority",
                    "sheddable");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final JsonNode object;

    private SloFile(JsonNode object) {
        this.object = object;
    }

    /**
     * What is written in {@code text}.
     *
     * @throws IllegalArgumentException saying what was expected where
     */
    public static SloPolicy parse(String text) {
        JsonNode object;
        try {
            object = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "line "
                            + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
                            + ": expected JSON: "
                            + e.getOriginalMessage(),
                    e);
        }
        if (!object.isObject()) {
            throw new IllegalArgumentException("expected a JSON object such as " + example());
        }
        var file = new SloFile(object);
        file.refuseUnknown(object.propertyNames());
        return file.policy();
    }

    private void refuseUnknown(Collection<String> names) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(TARGETS);
        unknown.removeAll(OTHERS);
        unknown.removeAll(READ_OVER);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown " + unknown + "; there are " + TARGETS + " and " + OTHERS);
        }
    }

    private SloPolicy policy() {
        if (TARGETS.stream().noneMatch(object::hasNonNull)) {
            throw new IllegalArgumentException("expected at least one of " + TARGETS);
        }
        SloPolicy standard = SloPolicy.STANDARD;
        return new SloPolicy(
                standard.name(),
                standard.match(),
                new SloTargets(
                        millis("ttftMillis"),
                        millis("tbtMeanMillis"),
                        millis("tbtTailMillis"),
                        millis("e2eMillis")),
                number("attainment", standard.attainment()),
                standard.priority(),
                standard.sheddable(),
                flag("rescueLost", standard.rescueLost()),
                mode(standard.energyMode()),
                new ClockBounds(
                        whole("clockFloorMhz", standard.clocks().floorMhz()),
                        whole("clockCeilingMhz", standard.clocks().ceilingMhz())),
                Duration.ofMillis(
                        whole("maximumPaceMillis", (int) standard.maximumPace().toMillis())),
                new Margins(
                        number("deadlinePriceMargin", standard.margins().deadlinePrice()),
                        number("throttllemMargin", standard.margins().throttllem())));
    }

    private @Nullable Duration millis(String name) {
        return object.hasNonNull(name) ? Duration.ofMillis(whole(name, 0)) : null;
    }

    private int whole(String name, int otherwise) {
        if (!object.hasNonNull(name)) {
            return otherwise;
        }
        JsonNode value = object.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException(name + ": expected a whole number, got " + value);
        }
        return value.intValue();
    }

    private double number(String name, double otherwise) {
        if (!object.hasNonNull(name)) {
            return otherwise;
        }
        JsonNode value = object.path(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + ": expected a number, got " + value);
        }
        return value.doubleValue();
    }

    private boolean flag(String name, boolean otherwise) {
        if (!object.hasNonNull(name)) {
            return otherwise;
        }
        JsonNode value = object.path(name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(name + ": expected true or false, got " + value);
        }
        return value.booleanValue();
    }

    private EnergyMode mode(EnergyMode otherwise) {
        if (!object.hasNonNull("energyMode")) {
            return otherwise;
        }
        JsonNode value = object.path("energyMode");
        String name = value.isString() ? value.stringValue().toUpperCase(Locale.ROOT) : "";
        return Arrays.stream(EnergyMode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "energyMode: expected one of "
                                        + Arrays.toString(EnergyMode.values())
                                        + ", got "
                                        + value));
    }

    private static String example() {
        return "{\"tbtMeanMillis\": 60, \"e2eMillis\": 20000}";
    }
}
