package dev.lowgear.model.registry;

/** An {@code If-Match} header that is no entity tag of ours. */
final class IllegalIfMatchException extends RuntimeException {
    IllegalIfMatchException(String header) {
        super("If-Match is the entity tag of a version, such as \"3\", got " + header);
    }
}
