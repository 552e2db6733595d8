package dev.lowgear.core.control;

/**
 * What is predicted for the next iteration in the chosen gear.
 *
 * @param iterationMicros busy time, trim applied
 * @param busyWatts watts while it runs, all GPUs of the engine together
 */
public record Outlook(double iterationMicros, double busyWatts) {}
