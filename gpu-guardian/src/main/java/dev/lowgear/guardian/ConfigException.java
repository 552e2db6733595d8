package dev.lowgear.guardian;

/** The guardian cannot start like this; the message is one line for an operator. */
final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    ConfigException(String message) {
        super(message);
    }
}
