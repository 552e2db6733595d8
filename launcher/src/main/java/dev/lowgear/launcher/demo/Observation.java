package dev.lowgear.launcher.demo;

import dev.lowgear.launcher.admin.AgentClient;

/**
 * One engine over a stretch of time: what its meters said at both ends.
 *
 * @param before at the beginning
 * @param after at the end
 */
record Observation(AgentClient.Engine before, AgentClient.Engine after) {

    Observation {
        if (after.uptimeMillis() < before.uptimeMillis()) {
            throw new IllegalArgumentException(
                    "engine " + after.engineId() + " was restarted meanwhile");
        }
    }

    double joules() {
        return after.energy().joules() - before.energy().joules();
    }

    double watts() {
        return millis() == 0 ? 0 : joules() * 1e3 / millis();
    }

    double meanClockMhz() {
        return millis() == 0
                ? after.measuredClockMhz()
                : (after.energy().clockSeconds() - before.energy().clockSeconds()) * 1e3 / millis();
    }

    long directives() {
        return after.control().directives() - before.control().directives();
    }

    private long millis() {
        return after.uptimeMillis() - before.uptimeMillis();
    }
}
