package dev.lowgear.model.registry;

/** Somebody asked for a version or table that does not exist, or no longer does. */
final class NoSuchVersionException extends RuntimeException {
    NoSuchVersionException(String what) {
        super(what);
    }
}
