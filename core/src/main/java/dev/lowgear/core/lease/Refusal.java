package dev.lowgear.core.lease;

/** Why a directive was dropped. Each is counted; none is an error of the node. */
public enum Refusal {
    /** It is for another life of the engine. */
    FOREIGN_INCARNATION,
    /** A newer owner of the shard has spoken. */
    LOWER_EPOCH,
    /** Its owner has answered a newer projection already. */
    OLDER_PROJECTION,
    /** It answers a projection from before a release or a reflex: the world it knew is gone. */
    BEFORE_LAST_DROP,
    /** It echoes a stamp that this agent has not reached: not this agent's clock. */
    STAMP_NOT_REACHED,
    /** Nothing remains of its lease. */
    TOO_LATE,
    /** It renews a gear that is not in force any more. */
    NOTHING_TO_RENEW
}
