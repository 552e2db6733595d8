package dev.lowgear.scheduler.slo;

import org.jspecify.annotations.Nullable;

/** A change of a policy that is not made, and what the client is told. */
public final class PolicyRefusedException extends RuntimeException {
    /** Why, as an HTTP status. */
    private final int status;

    private final @Nullable String field;

    private PolicyRefusedException(int status, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.field = field;
    }

    /** The body is no JSON object. */
    static PolicyRefusedException malformed(String detail) {
        return new PolicyRefusedException(400, null, detail);
    }

    /** A field has a value that no policy can have. */
    static PolicyRefusedException invalid(@Nullable String field, String detail) {
        return new PolicyRefusedException(422, field, detail);
    }

    /** There is no such policy. */
    static PolicyRefusedException unknown(String name) {
        return new PolicyRefusedException(404, null, "there is no policy '" + name + "'");
    }

    /** There is one of that name. */
    static PolicyRefusedException exists(String name) {
        return new PolicyRefusedException(
                409, "name", "there is a policy '" + name + "' already; PUT changes it");
    }

    /** It must stay. */
    static PolicyRefusedException indispensable(String name) {
        return new PolicyRefusedException(
                409, null, "policy '" + name + "' is for whatever no other one matches: it stays");
    }

    /** It was changed by somebody else since. */
    static PolicyRefusedException stale(String name, long revision) {
        return new PolicyRefusedException(
                412, null, "policy '" + name + "' is at revision " + revision + " now");
    }

    /** A change must say what it is a change of. */
    static PolicyRefusedException unconditional() {
        return new PolicyRefusedException(
                428, null, "a change needs If-Match with the ETag of the policy it changes");
    }

    /** Too long to be a policy. */
    static PolicyRefusedException tooLarge(int limitBytes) {
        return new PolicyRefusedException(
                413, null, "a policy is at most " + limitBytes + " bytes");
    }

    /** Not offered. */
    static PolicyRefusedException notOffered(String detail) {
        return new PolicyRefusedException(501, "dryRun", detail);
    }

    /** The HTTP status to answer with. */
    public int status() {
        return status;
    }

    /** The field at fault, if it is one. */
    public @Nullable String field() {
        return field;
    }
}
