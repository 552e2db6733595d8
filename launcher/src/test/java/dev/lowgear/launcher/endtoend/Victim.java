package dev.lowgear.launcher.endtoend;

/** A part of the system that a fault happens to, and what it may cost. */
enum Victim {
    GATEWAY("gateway", true, false),
    AGENT("agent", true, true),
    GUARDIAN("guardian", false, true),
    SCHEDULER("scheduler", false, true),
    MODEL("model", false, false),
    BROKER("broker", false, true),
    DATABASE("database", false, false);

    private final String part;
    private final boolean clientsMayNotice;
    private final boolean controlIsLost;

    Victim(String part, boolean clientsMayNotice, boolean controlIsLost) {
        this.part = part;
        this.clientsMayNotice = clientsMayNotice;
        this.controlIsLost = controlIsLost;
    }

    /** Its name in the system's state. */
    String part() {
        return part;
    }

    /** Whether it stands between clients and engines. */
    boolean clientsMayNotice() {
        return clientsMayNotice;
    }

    /** Whether no gear can be kept without it. */
    boolean controlIsLost() {
        return controlIsLost;
    }
}
