package dev.lowgear.agent.gear;

import dev.lowgear.core.control.Directive;

/** What one engine was told since its start. Written by its thread. */
public final class GearCounters {
    private long gears;
    private long renewals;
    private long refused;
    private long expiries;
    private long reflexes;

    void obeyed(Directive directive) {
        switch (directive) {
            case Directive.SetGear _ -> gears++;
            case Directive.Renew _ -> renewals++;
            case Directive.Release _ -> {}
        }
    }

    void refused() {
        refused++;
    }

    void expired() {
        expiries++;
    }

    void reflex() {
        reflexes++;
    }

    /** Gears set by directives. */
    public long gears() {
        return gears;
    }

    /** Renewals obeyed. */
    public long renewals() {
        return renewals;
    }

    /** Directives refused by fence or lease. */
    public long refusals() {
        return refused;
    }

    /** Leases that ran out. */
    public long expiries() {
        return expiries;
    }

    /** Raises because the load left the envelope. */
    public long reflexes() {
        return reflexes;
    }
}
