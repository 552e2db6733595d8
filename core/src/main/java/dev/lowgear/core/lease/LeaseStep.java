package dev.lowgear.core.lease;

import java.util.List;

/** What an event made of a lease. The actions are to be carried out in their order. */
public sealed interface LeaseStep {
    /** The lease after the event. */
    GearLease lease();

    /** What follows from the event or from the time that has passed. */
    List<LeaseAction> actions();

    /** The event was obeyed. */
    record Obeyed(GearLease lease, List<LeaseAction> actions) implements LeaseStep {
        public Obeyed {
            actions = List.copyOf(actions);
        }
    }

    /** The directive was dropped; what had expired by then goes back all the same. */
    record Refused(GearLease lease, List<LeaseAction> actions, Refusal refusal)
            implements LeaseStep {
        public Refused {
            actions = List.copyOf(actions);
        }
    }
}
