package dev.lowgear.gateway.access;

/** What the holder of a key may do; each may what those before it may. */
public enum Role {
    /** Use the models. */
    USER,
    /** Read the admin API. */
    VIEWER,
    /** Change policies, engines and models. */
    OPERATOR,
    /** Manage tenants and keys. */
    ADMIN;

    boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }
}
