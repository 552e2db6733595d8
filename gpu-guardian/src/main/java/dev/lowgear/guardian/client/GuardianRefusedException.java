package dev.lowgear.guardian.client;

import dev.lowgear.guardian.protocol.GuardianAnswer;

/** The guardian answered, and did not do it. */
public final class GuardianRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final GuardianAnswer.Code code;

    GuardianRefusedException(GuardianAnswer.Refused refused) {
        super(refused.reason());
        this.code = refused.code();
    }

    /** Why. */
    public GuardianAnswer.Code code() {
        return code;
    }
}
