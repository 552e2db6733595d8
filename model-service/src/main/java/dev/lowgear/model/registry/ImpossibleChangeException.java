package dev.lowgear.model.registry;

/** A version cannot change like that from the state it is in. */
final class ImpossibleChangeException extends RuntimeException {
    ImpossibleChangeException(String why) {
        super(why);
    }
}
