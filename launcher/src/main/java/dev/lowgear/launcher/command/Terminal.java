package dev.lowgear.launcher.command;

import java.io.Console;
import java.util.Optional;

/** Who reads what is printed. */
final class Terminal {
    private Terminal() {}

    /** Whether a person at a terminal does. */
    static boolean isOne() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
