package dev.lowgear.scheduler.slo;

import org.jspecify.annotations.Nullable;

/** What a client's {@code If-Match} demands. */
sealed interface PolicyCondition {
    /** Whether a policy at this revision may be changed. */
    boolean allows(long revision);

    /** {@code *}: whatever it is. */
    record Any() implements PolicyCondition {
        @Override
        public boolean allows(long revision) {
            return true;
        }
    }

    /** An entity tag. */
    record Tagged(String tag) implements PolicyCondition {
        @Override
        public boolean allows(long revision) {
            return tag.equals(entityTag(revision));
        }
    }

    /**
     * The condition in a header.
     *
     * @throws PolicyRefusedException if there is none
     */
    static PolicyCondition of(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw PolicyRefusedException.unconditional();
        }
        return ifMatch.strip().equals("*") ? new Any() : new Tagged(ifMatch.strip());
    }

    /** The entity tag of a revision. */
    static String entityTag(long revision) {
        return "\"" + revision + "\"";
    }
}
