package dev.lowgear.guardian.protocol;

import dev.lowgear.core.fleet.EngineId;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What a client asks of the guardian. */
public sealed interface GuardianRequest {
    /** As a line of the protocol, without tag and line feed. */
    String line();

    /**
     * Lock all GPUs of an engine to one clock, or none of them.
     *
     * @param clockMhz positive; the answer says which clock it became
     * @param leaseMillis how long without renewal, positive
     * @param gpus UUIDs, at least one, each once
     */
    record Set(EngineId engine, int clockMhz, long leaseMillis, List<String> gpus)
            implements GuardianRequest {
        private static final Pattern UUID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}");

        public Set {
            gpus = List.copyOf(gpus);
            requirePositive("clock", clockMhz);
            requirePositive("lease", leaseMillis);
            if (gpus.isEmpty()) {
                throw new IllegalArgumentException("no GPU is named");
            }
            for (String gpu : gpus) {
                if (!isGpuUuid(gpu)) {
                    throw new IllegalArgumentException("'" + gpu + "' is no GPU UUID");
                }
            }
            if (gpus.stream().distinct().count() < gpus.size()) {
                throw new IllegalArgumentException("a GPU is named twice");
            }
        }

        /** Whether this can name a GPU: also a safe file name and a word of a line. */
        public static boolean isGpuUuid(String word) {
            return UUID.matcher(word).matches();
        }

        @Override
        public String line() {
            return "set %s %d %d %s"
                    .formatted(engine, clockMhz, leaseMillis, String.join(" ", gpus));
        }
    }

    /** Keep what is locked for this long from now. */
    record Renew(EngineId engine, long leaseMillis) implements GuardianRequest {
        public Renew {
            requirePositive("lease", leaseMillis);
        }

        @Override
        public String line() {
            return "renew " + engine + " " + leaseMillis;
        }
    }

    /** Give the default clocks back now. */
    record Reset(EngineId engine) implements GuardianRequest {
        @Override
        public String line() {
            return "reset " + engine;
        }
    }

    /** Say how you are. */
    record Status() implements GuardianRequest {
        @Override
        public String line() {
            return "status";
        }
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with what is wrong, in words
     */
    static GuardianRequest parse(String line) {
        List<String> words = Arrays.asList(line.strip().split("\\s+"));
        return switch (words.getFirst()) {
            case "set" -> {
                if (words.size() < 5) {
                    throw new IllegalArgumentException("set <engine> <mhz> <leaseMs> <gpu> …");
                }
                yield new Set(
                        new EngineId(words.get(1)),
                        Math.toIntExact(Math.min(number(words.get(2)), Integer.MAX_VALUE)),
                        number(words.get(3)),
                        words.subList(4, words.size()));
            }
            case "renew" -> {
                requireWords(words, 3, "renew <engine> <leaseMs>");
                yield new Renew(new EngineId(words.get(1)), number(words.get(2)));
            }
            case "reset" -> {
                requireWords(words, 2, "reset <engine>");
                yield new Reset(new EngineId(words.get(1)));
            }
            case "status" -> {
                requireWords(words, 1, "status");
                yield new Status();
            }
            default ->
                    throw new IllegalArgumentException(
                            "'" + words.getFirst() + "' is none of set, renew, reset, status");
        };
    }

    private static void requireWords(List<String> words, int count, String usage) {
        if (words.size() != count) {
            throw new IllegalArgumentException(usage);
        }
    }

    private static long number(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + word + "' is no number", e);
        }
    }

    private static void requirePositive(String what, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("a " + what + " is positive, got " + value);
        }
    }
}
