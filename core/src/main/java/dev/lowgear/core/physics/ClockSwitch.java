package dev.lowgear.core.physics;

/**
 * The clock of an engine's GPUs: what is in force, and at most one change under way. A newer
 * request replaces one that has not taken effect, as the driver's calls come one after the other; a
 * request for what is already in force or under way changes nothing.
 */
final class ClockSwitch {
    private int effectiveMhz;
    private int requestedMhz;
    private long dueNanos = SimulatedEngine.NEVER;

    ClockSwitch(int mhz) {
        this.effectiveMhz = mhz;
        this.requestedMhz = mhz;
    }

    int effectiveMhz() {
        return effectiveMhz;
    }

    int requestedMhz() {
        return requestedMhz;
    }

    /** When the change under way takes effect. */
    long dueNanos() {
        return dueNanos;
    }

    void request(int mhz, long effectNanos) {
        requestedMhz = mhz;
        dueNanos = effectNanos;
    }

    void takeEffect() {
        effectiveMhz = requestedMhz;
        dueNanos = SimulatedEngine.NEVER;
    }
}
