package dev.lowgear.model.registry;

/** What a model version is. */
public enum ModelState {
    /** Good enough, but another one is in force. */
    CANDIDATE,
    /** In force: its table is the published one. */
    ACTIVE,
    /** Not good enough when it was trained. */
    REJECTED,
    /** Taken out of force by a person. */
    ROLLED_BACK
}
