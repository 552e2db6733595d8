package dev.lowgear.scheduler.admin;

import dev.lowgear.core.control.Decision;
import dev.lowgear.core.control.EngineObservation;
import dev.lowgear.core.control.EngineView;
import dev.lowgear.core.control.ModelInForce;
import dev.lowgear.core.control.Outlook;
import dev.lowgear.core.control.Tally;
import dev.lowgear.core.gear.Gear;
import dev.lowgear.core.observation.EngineLoad;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An engine as the admin API shows it.
 *
 * @param shard the partition its projections come through
 * @param epoch the scheduler epoch of the shard
 * @param gear the gear in force, as the agent reports it
 * @param wanted the gear last decided
 * @param reasonCode why, as a stable code
 * @param bindingConstraint what kept the clock from being lower
 * @param decisionId the decision that set the present gear
 * @param model {@code table}, {@code prior} or {@code none}
 * @param tableId the table that predicts, if one does
 * @param attainment share of requests that met all their targets, per policy
 */
record EngineStatus(
        String engineId,
        String agentId,
        String servedModel,
        String profile,
        String fingerprint,
        int shard,
        long epoch,
        EngineLoad load,
        Gear gear,
        Gear wanted,
        String reasonCode,
        String reason,
        String bindingConstraint,
        String decisionId,
        String model,
        @Nullable String tableId,
        @Nullable Outlook outlook,
        List<Attainment> attainment) {

    /**
     * How one policy's requests fared on this engine.
     *
     * @param requests those that ended and that a gear could have saved, with slow forgetting
     * @param attained share of them that met all their targets
     */
    record Attainment(String policy, double requests, double attained) {
        static Attainment of(Tally tally) {
            double attained = tally.finished() == 0 ? 1 : 1 - tally.missed() / tally.finished();
            return new Attainment(tally.policy(), tally.finished(), attained);
        }
    }

    static EngineStatus of(EngineView view) {
        EngineObservation seen = view.answered().input().observation();
        Decision decision = view.answered().decision();
        ModelInForce model = view.answered().input().model();
        return new EngineStatus(
                view.engine().id().value(),
                view.engine().agent().value(),
                view.engine().servedModel(),
                view.engine().profile(),
                view.engine().fingerprint(),
                view.shard(),
                view.answered().fence().schedulerEpoch(),
                seen.load(),
                seen.gear(),
                decision.choice().gear(),
                decision.choice().reason().code(),
                decision.choice().words(),
                decision.choice().binding().words(),
                view.answered().decisionId(),
                switch (model) {
                    case ModelInForce.Learned learned -> "table";
                    case ModelInForce.Prior prior -> "prior";
                    case ModelInForce.Unknown unknown -> "none";
                },
                model instanceof ModelInForce.Learned learned
                        ? learned.table().identity().tableId()
                        : null,
                decision.outlook(),
                decision.next().tallies().stream().map(Attainment::of).toList());
    }
}
