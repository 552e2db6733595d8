package dev.lowgear.model.registry;

/** A version was changed since the caller last saw it. */
final class StaleVersionException extends RuntimeException {
    StaleVersionException(int version, int revision) {
        super(
                "version %d was changed meanwhile: it is at revision %d"
                        .formatted(version, revision));
    }
}
