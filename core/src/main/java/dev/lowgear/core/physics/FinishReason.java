package dev.lowgear.core.physics;

/** Why a request got its last token. */
public enum FinishReason {
    /** The model ended its answer. */
    STOP,
    /** The client's bound or the model's length was reached. */
    LENGTH
}
