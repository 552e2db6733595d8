package dev.lowgear.guardian;

import dev.lowgear.core.lease.NodeBounds;
import dev.lowgear.guardian.protocol.GuardianRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the node's own file allows; nothing that a client says can widen it.
 *
 * @param socket Unix socket to listen on
 * @param journal lock journal
 * @param actuator what sets clocks
 * @param simulatedGpuDirectory where simulated GPUs are; null unless they are used
 * @param nvmlLibrary NVML library; null to look in the usual places
 * @param gpus UUIDs of the GPUs that may be touched
 * @param bounds clock floor, clock ceiling and longest lease
 * @param releaseFile an operator's release; null for none
 * @param allowedUsers users that may connect
 * @param socketGroup group that may open the socket besides its owner; null for none
 * @param stopWithParent whether the end of standard input means stop
 */
record GuardianConfig(
        Path socket,
        Path journal,
        ActuatorKind actuator,
        @Nullable Path simulatedGpuDirectory,
        @Nullable Path nvmlLibrary,
        Set<String> gpus,
        NodeBounds bounds,
        @Nullable Path releaseFile,
        Set<String> allowedUsers,
        @Nullable String socketGroup,
        boolean stopWithParent) {
    static final String KEYS =
            """
            socket                   Unix socket to listen on (required, at most 100 bytes)
            journal                  file that remembers what is locked (required)
            actuator                 simulated, nvml or none (required)
            simulated-gpu-directory  where simulated GPUs are (required with actuator=simulated)
            nvml-library             libnvidia-ml.so.1 to load (default: the usual places)
            gpus                     UUIDs that may be touched, by commas (default: no GPU)
            clock-floor-mhz          lowest clock that may be locked (default 1)
            clock-ceiling-mhz        highest clock that may be locked (default 10000)
            maximum-lease-ms         longest lease, 100 to 60000 (default 2000)
            release-file             while this file exists nothing may be locked; it names
                                     engines, one a line, or is empty for all (default: none)
            allowed-users            users that may connect, by commas (default: root and the
                                     user that runs the guardian)
            socket-group             group that may open the socket besides its owner
            stop-with-parent         true: stop when standard input ends (default false)
            """;

    private static final int LONGEST_SOCKET_PATH = 100;

    /**
     * Reads a properties file.
     *
     * @throws ConfigException with one line for an operator
     */
    static GuardianConfig read(Path file) throws ConfigException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be read: " + reason(e));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(file + " is no properties file: " + e.getMessage());
        }
        return of(properties);
    }

    static GuardianConfig of(Properties properties) throws ConfigException {
        Keys keys = new Keys(properties);
        ActuatorKind actuator = ActuatorKind.of(keys.required("actuator"));
        Path directory = keys.path("simulated-gpu-directory");
        if (actuator == ActuatorKind.SIMULATED && directory == null) {
            throw new ConfigException("simulated-gpu-directory is missing");
        }
        GuardianConfig config =
                new GuardianConfig(
                        keys.requiredPath("socket"),
                        keys.requiredPath("journal"),
                        actuator,
                        directory,
                        keys.path("nvml-library"),
                        gpus(keys),
                        bounds(keys),
                        keys.path("release-file"),
                        users(keys),
                        keys.optional("socket-group"),
                        keys.flag("stop-with-parent"));
        keys.refuseUnknown();
        if (config.socket().toString().length() > LONGEST_SOCKET_PATH) {
            throw new ConfigException(
                    "socket is longer than " + LONGEST_SOCKET_PATH + " bytes: " + config.socket());
        }
        return config;
    }

    private static Set<String> gpus(Keys keys) throws ConfigException {
        Set<String> gpus = keys.words("gpus");
        for (String gpu : gpus) {
            if (!GuardianRequest.Set.isGpuUuid(gpu)) {
                throw new ConfigException("gpus: '" + gpu + "' is no GPU UUID");
            }
        }
        return gpus;
    }

    private static NodeBounds bounds(Keys keys) throws ConfigException {
        int floor = keys.number("clock-floor-mhz", 1, 1, 10_000);
        int ceiling = keys.number("clock-ceiling-mhz", 10_000, 1, 10_000);
        if (floor > ceiling) {
            throw new ConfigException("clock-floor-mhz is above clock-ceiling-mhz");
        }
        return new NodeBounds(
                floor,
                ceiling,
                0,
                keys.number("maximum-lease-ms", 2_000, 100, 60_000) * 1_000_000L);
    }

    private static Set<String> users(Keys keys) throws ConfigException {
        Set<String> users = keys.words("allowed-users");
        return users.isEmpty()
                ? Collections.unmodifiableSet(
                        new TreeSet<>(List.of("root", System.getProperty("user.name"))))
                : users;
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }

    /** The keys of a file, each asked for once. */
    private static final class Keys {
        private final Properties properties;
        private final Set<String> known = new TreeSet<>();

        Keys(Properties properties) {
            this.properties = properties;
        }

        @Nullable String optional(String key) {
            known.add(key);
            String value = properties.getProperty(key);
            return value == null || value.isBlank() ? null : value.strip();
        }

        String required(String key) throws ConfigException {
            String value = optional(key);
            if (value == null) {
                throw new ConfigException(key + " is missing");
            }
            return value;
        }

        @Nullable Path path(String key) throws ConfigException {
            String value = optional(key);
            return value == null ? null : path(key, value);
        }

        Path requiredPath(String key) throws ConfigException {
            return path(key, required(key));
        }

        private static Path path(String key, String value) throws ConfigException {
            try {
                return Path.of(value);
            } catch (InvalidPathException e) {
                throw new ConfigException(key + " is no path: " + e.getMessage());
            }
        }

        int number(String key, int otherwise, int lowest, int highest) throws ConfigException {
            String value = optional(key);
            if (value == null) {
                return otherwise;
            }
            try {
                int number = Integer.parseInt(value);
                if (number >= lowest && number <= highest) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new ConfigException(key + " is no number: " + value);
            }
            throw new ConfigException(key + " is " + lowest + " to " + highest + ", got " + value);
        }

        boolean flag(String key) throws ConfigException {
            String value = optional(key);
            if (value != null && !value.equals("true") && !value.equals("false")) {
                throw new ConfigException(key + " is true or false, got " + value);
            }
            return "true".equals(value);
        }

        Set<String> words(String key) {
            String value = optional(key);
            Set<String> words = new LinkedHashSet<>();
            if (value != null) {
                for (String word : value.split(",", -1)) {
                    if (!word.isBlank()) {
                        words.add(word.strip());
                    }
                }
            }
            return Collections.unmodifiableSet(words);
        }

        void refuseUnknown() throws ConfigException {
            for (String key : new TreeSet<>(properties.stringPropertyNames())) {
                if (!known.contains(key)) {
                    throw new ConfigException(key + " is no key; see --help");
                }
            }
        }
    }
}
