package dev.lowgear.launcher.supervision;

import dev.lowgear.launcher.aot.AotUse;

/**
 * How a part became ready the last time, and how long it took.
 *
 * @param aot what its JVM has to do with its AOT cache
 * @param prepareMillis what could be done before others were ready; 0 after the first time
 * @param waitMillis for the parts that it needs, beyond the preparation; 0 after the first time
 * @param startMillis from its process's start until it was ready
 */
public record PartStart(AotUse aot, long prepareMillis, long waitMillis, long startMillis) {
    /** Of a part that was never ready. */
    public static final PartStart NONE = new PartStart(AotUse.NONE, 0, 0, 0);
}
