package dev.lowgear.simulator.study;

import dev.lowgear.core.engine.EngineProfile;
import dev.lowgear.simulator.run.Specimen;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One place of a study's table: policies are compared in it over several seeds.
 *
 * @param trace name of a workload; with {@code -step} at its end the load steps to 1.2 × r* and
 *     back, with {@code -steady} it is the same without the step: see {@link LoadStep}
 * @param load fraction of r*
 * @param slo what is promised
 * @param engine profile of the engine
 * @param idlePowerFactor multiplies what it draws at rest and idle
 */
public record Cell(
        String trace, double load, SloSet slo, EngineProfile engine, double idlePowerFactor) {
    /** Ends the trace of a cell whose load steps. */
    static final String STEP = "-step";

    /** Ends the trace of a cell to compare that with. */
    static final String STEADY = "-steady";

    /** For people: {@code conv .25 paper llama-2-13b/a100-40gb/tp2}. */
    public String name() {
        String place =
                String.format(Locale.ROOT, "%s %.2f %s %s", trace, load, slo.option(), engine.id());
        return idlePowerFactor == 1 ? place : place + " idle×" + idlePowerFactor;
    }

    /** The name of its workload. */
    String workload() {
        return isStep() ? trace.substring(0, trace.lastIndexOf('-')) : trace;
    }

    /** Whether the load steps, or is steady to compare with that. */
    boolean isStep() {
        return trace.endsWith(STEP) || trace.endsWith(STEADY);
    }

    /** The load in the middle. */
    double middleLoad() {
        return trace.endsWith(STEP) ? LoadStep.LOAD : load;
    }

    /** The engine of that seed. */
    Specimen specimen(long seed) {
        return new Specimen(engine, true, seed, idlePowerFactor);
    }

    /**
     * Whether it is one of those asked for, as {@code trace=conv,load=0.25|0.5,slo=paper,gpu=h100,
     * idle=1}: a word for each property of interest, with alternatives between bars.
     *
     * @throws IllegalArgumentException if a word names no property
     */
    public boolean matches(String filter) {
        for (String word : filter.split(",", -1)) {
            String[] halves = word.strip().split("=", 2);
            if (halves.length != 2 || !has(halves[0], List.of(halves[1].split("\\|", -1)))) {
                if (halves.length != 2) {
                    throw new IllegalArgumentException(form(filter));
                }
                return false;
            }
        }
        return true;
    }

    private boolean has(String property, List<String> values) {
        return switch (property) {
            case "trace" -> values.contains(trace);
            case "slo" -> values.contains(slo.option());
            case "engine" -> values.contains(engine.id());
            case "gpu" -> values.contains(engine.gpu().id());
            case "load" -> anyIs(load, values);
            case "idle" -> anyIs(idlePowerFactor, values);
            default -> throw new IllegalArgumentException(form(property));
        };
    }

    private static boolean anyIs(double number, List<String> values) {
        return values.stream().mapToDouble(Double::parseDouble).anyMatch(value -> value == number);
    }

    private static String form(String filter) {
        return "cells are chosen by "
                + Arrays.asList("trace", "load", "slo", "engine", "gpu", "idle")
                + " as in trace=conv,load=0.25|0.5, got '"
                + filter
                + "'";
    }
}
