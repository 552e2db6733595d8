package dev.lowgear.guardian.protocol;

import java.util.Locale;

/** What the guardian says to a request. */
public sealed interface GuardianAnswer {
    /** As a line of the protocol, without tag and line feed. */
    String line();

    /**
     * Done, or overtaken by a newer request of the same engine that is done.
     *
     * @param clockMhz the clock now requested of the GPUs, 0 for their default
     */
    record Done(int clockMhz) implements GuardianAnswer {
        @Override
        public String line() {
            return "ok " + clockMhz;
        }
    }

    /** How the guardian is. */
    record Report(GuardianStatus status) implements GuardianAnswer {
        @Override
        public String line() {
            return "ok " + status.words();
        }
    }

    /** Not done. */
    record Refused(Code code, String reason) implements GuardianAnswer {
        @Override
        public String line() {
            return "error " + code.word() + " " + reason.replaceAll("\\s+", " ");
        }
    }

    /** Why a request was not done, for programs. */
    enum Code {
        /** The line was not understood. */
        BAD_REQUEST,
        /** This user may not ask. */
        NOT_PERMITTED,
        /** A GPU is not opted in on this node. */
        NOT_OPTED_IN,
        /** A GPU is leased by another engine. */
        CONFLICT,
        /** Nothing is leased that could be renewed. */
        NOT_LEASED,
        /** An operator's release is in force. */
        RELEASED,
        /** Its lease had ended before its turn came. */
        TOO_LATE,
        /** The journal could not be written, so that nothing was locked. */
        JOURNAL,
        /** The GPU or its driver refused; all GPUs of the engine are as before. */
        ACTUATOR,
        /** The guardian is stopping. */
        STOPPING;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Code of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if the guardian would never say this
     */
    static GuardianAnswer parse(String line) {
        String[] words = line.strip().split(" ", 3);
        if (words.length == 2 && words[0].equals("ok") && words[1].matches("\\d{1,9}")) {
            return new Done(Integer.parseInt(words[1]));
        }
        if (words[0].equals("ok")) {
            return new Report(GuardianStatus.parse(line.strip().substring("ok".length())));
        }
        if (words.length >= 2 && words[0].equals("error")) {
            return new Refused(Code.of(words[1]), words.length == 3 ? words[2] : "");
        }
        throw new IllegalArgumentException("'" + line + "' is no answer of a guardian");
    }
}
