package dev.lowgear.launcher.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import org.jspecify.annotations.Nullable;

/**
 * What a demonstration found, as it is written to a file.
 *
 * @param seconds length of the common window
 * @param requests sent to each engine
 * @param slo the targets both were held to
 * @param governed the governed engine
 * @param control the engine at the maximum clock
 * @param savingPercent energy saved by governing, of the control's
 * @param model the model that steered it, absent when none was learned
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({"seconds", "requests", "slo", "governed", "control", "savingPercent", "model"})
public record DemoSummary(
        double seconds,
        int requests,
        Targets slo,
        Side governed,
        Side control,
        double savingPercent,
        @Nullable LearnedModel model) {

    /**
     * One of the two engines.
     *
     * @param joules of all its GPUs in the common window
     * @param tokens received by its clients
     * @param joulesPerToken their ratio
     * @param attainment requests that met all targets, of all that were sent
     * @param ttftP99Ms 99th percentile of the time to first token
     * @param tbtP99Ms 99th percentile of all gaps between tokens
     * @param e2eP99Ms 99th percentile of the end-to-end latency
     * @param meanClockMhz measured SM clock, averaged over the window
     * @param directives gears that the scheduler set in the window
     */
    public record Side(
            double joules,
            long tokens,
            double joulesPerToken,
            double attainment,
            double ttftP99Ms,
            double tbtP99Ms,
            double e2eP99Ms,
            double meanClockMhz,
            long directives) {}

    /**
     * The model in force at the end.
     *
     * @param r2 of iteration time on held-out telemetry
     * @param mape mean absolute percentage error on the same
     * @param priorMape that of the untrained prior on the same
     * @param samples it was trained on
     * @param version counts from 1
     */
    public record LearnedModel(
            double r2, double mape, double priorMape, long samples, long version) {}
}
