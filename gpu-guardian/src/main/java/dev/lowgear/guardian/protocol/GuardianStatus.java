package dev.lowgear.guardian.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a guardian is.
 *
 * @param actuator which actuator it has
 * @param beatAgeMillis time since its actuator thread last came round: grows when a driver call
 *     hangs; a supervisor ends a guardian where it exceeds some seconds
 * @param leasedEngines engines whose clocks are locked now
 * @param lockedGpus GPUs that the journal says are locked
 * @param failingGpus GPUs whose reset failed and is being retried
 * @param releaseAsked whether an operator's release file is in force
 * @param sets clocks set since the start
 * @param resets GPUs reset since the start
 * @param expiries leases that ended in silence since the start
 * @param refusals requests refused since the start
 */
public record GuardianStatus(
        String actuator,
        long beatAgeMillis,
        int leasedEngines,
        int lockedGpus,
        int failingGpus,
        boolean releaseAsked,
        long sets,
        long resets,
        long expiries,
        long refusals) {

    /** As {@code key=value} words. */
    public String words() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("actuator", actuator);
        words.put("beat-age-ms", beatAgeMillis);
        words.put("leased-engines", leasedEngines);
        words.put("locked-gpus", lockedGpus);
        words.put("failing-gpus", failingGpus);
        words.put("release-asked", releaseAsked);
        words.put("sets", sets);
        words.put("resets", resets);
        words.put("expiries", expiries);
        words.put("refusals", refusals);
        return words.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Reads {@code key=value} words; unknown keys are ignored. */
    static GuardianStatus parse(String text) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : text.strip().split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("'" + word + "' is no key=value");
            }
            words.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new GuardianStatus(
                word(words, "actuator"),
                number(words, "beat-age-ms"),
                Math.toIntExact(number(words, "leased-engines")),
                Math.toIntExact(number(words, "locked-gpus")),
                Math.toIntExact(number(words, "failing-gpus")),
                Boolean.parseBoolean(word(words, "release-asked")),
                number(words, "sets"),
                number(words, "resets"),
                number(words, "expiries"),
                number(words, "refusals"));
    }

    private static String word(Map<String, String> words, String key) {
        String word = words.get(key);
        if (word == null) {
            throw new IllegalArgumentException("a status has " + key);
        }
        return word;
    }

    private static long number(Map<String, String> words, String key) {
        return Long.parseLong(word(words, key));
    }
}
