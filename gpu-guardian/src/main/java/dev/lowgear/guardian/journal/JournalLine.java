package dev.lowgear.guardian.journal;

import dev.lowgear.core.fleet.EngineId;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** One line of a lock journal: its words, and a checksum over them as the last word. */
sealed interface JournalLine {
    String MAGIC = "lowgear-lock-journal";
    String VERSION = "1";

    /** The line without its checksum. */
    String words();

    /** The first line of a journal: which actuator its locks were made with. */
    record Header(String actuator) implements JournalLine {
        @Override
        public String words() {
            return MAGIC + " " + VERSION + " " + actuator;
        }
    }

    /** This GPU is about to be locked for this engine. */
    record Locked(String gpu, EngineId engine) implements JournalLine {
        @Override
        public String words() {
            return "locked " + gpu + " " + engine;
        }
    }

    /** This GPU has its default clocks back. */
    record Reset(String gpu) implements JournalLine {
        @Override
        public String words() {
            return "reset " + gpu;
        }
    }

    /** The line as written, line feed included. */
    default String text() {
        return words() + " " + checksum(words()) + "\n";
    }

    /** Reads a line without its line feed; empty if it is not whole. */
    static Optional<JournalLine> parse(String line) {
        int lastSpace = line.lastIndexOf(' ');
        if (lastSpace < 0) {
            return Optional.empty();
        }
        String text = line.substring(0, lastSpace);
        if (!checksum(text).equals(line.substring(lastSpace + 1))) {
            return Optional.empty();
        }
        String[] words = text.split(" ", -1);
        if (words.length == 2 && words[0].equals("reset")) {
            return Optional.of(new Reset(words[1]));
        }
        if (words.length == 3 && words[0].equals("locked")) {
            return Optional.of(new Locked(words[1], new EngineId(words[2])));
        }
        if (words.length == 3 && words[0].equals(MAGIC) && words[1].equals(VERSION)) {
            return Optional.of(new Header(words[2]));
        }
        return Optional.empty();
    }

    private static String checksum(String words) {
        CRC32 crc = new CRC32();
        crc.update(words.getBytes(StandardCharsets.US_ASCII));
        return "%08x".formatted(crc.getValue());
    }
}
