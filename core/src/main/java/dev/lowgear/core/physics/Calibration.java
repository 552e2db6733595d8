package dev.lowgear.core.physics;

import dev.lowgear.core.gpu.GpuModel;

/**
 * What no data sheet says about a GPU, fitted to public measurements. Time: launch overhead per
 * layer and iteration, and overhead per sequence. Power per GPU: see {@link PowerCurve}.
 *
 * <p>Sources. A100: the clock sweep of EnergyLLM (Llama-3.1-8B, vLLM 0.11) gives the shape, {@code
 * p(x)/p(1) = .52 + .48·x⁶} and a clock-bound share of time near a quarter; MuxServe's decode times
 * of 7B and 13B models give .13–.15 ms of overhead per layer and .04 ms per sequence. A100 in a
 * DGX: the throttLL'eM paper's 68 % of power at 1050 MHz. H100: ML.ENERGY v3 gives time and watts
 * at full clock; no public clock sweep exists, so its exponent and static share are assumptions, as
 * are all rest powers' slopes.
 */
record Calibration(double launchSecondsPerLayer, double sequenceSeconds, PowerCurve power) {
    static final Calibration A100 =
            new Calibration(
                    0.150e-3, 0.040e-3, new PowerCurve(285, 20, 60, 400, 0.52, 6, 0.50, 55, 20));
    static final Calibration A100_DGX =
            new Calibration(
                    0.150e-3, 0.040e-3, new PowerCurve(285, 20, 60, 400, 0.62, 8, 0.50, 55, 20));
    static final Calibration H100 =
            new Calibration(
                    0.042e-3,
                    0.050e-3,
                    new PowerCurve(475, 214, 120, 700, 0.45, 3.5, 0.40, 75, 30));

    /**
     * The calibration of a GPU.
     *
     * @throws IllegalArgumentException if there is none: a GPU nobody measured is not simulated
     */
    static Calibration of(GpuModel gpu) {
        return switch (gpu.id()) {
            case "a100-40gb", "a100-80gb" -> A100;
            case "a100-40gb-dgx" -> A100_DGX;
            case "h100" -> H100;
            default ->
                    throw new IllegalArgumentException("no measured physics for GPU '" + gpu + "'");
        };
    }
}
