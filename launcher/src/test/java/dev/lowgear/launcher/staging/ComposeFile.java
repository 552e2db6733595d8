package dev.lowgear.launcher.staging;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code docker-compose.yml} as data, its merge keys resolved. */
final class ComposeFile {
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S+)");

    final String text = read(HOME.resolve("docker-compose.yml"));
    private final Map<?, ?> content = parse(HOME.resolve("docker-compose.yml"));

    /** One service, or what it is made of. */
    record Service(String name, Map<?, ?> keys) {
        /** The strings under a key; empty where it is absent. */
        List<String> list(String key) {
            return keys.get(key) instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }

        /** The value of a key, as it is written; empty where it is absent. */
        String word(String key) {
            return keys.containsKey(key) ? String.valueOf(keys.get(key)) : "";
        }

        boolean has(String key) {
            return keys.containsKey(key);
        }

        /** Its Dockerfile, where it has one. */
        Optional<String> dockerfile() {
            if (!(keys.get("build") instanceof Map<?, ?> build)) {
                return Optional.empty();
            }
            return Optional.of(
                    read(
                            HOME.resolve(String.valueOf(build.get("context")))
                                    .resolve(String.valueOf(build.get("dockerfile")))));
        }

        /** Every image that it needs and does not build. */
        List<String> foreignImages() {
            return dockerfile()
                    .map(file -> FROM.matcher(file).results().map(match -> match.group(1)).toList())
                    .orElse(List.of(word("image")));
        }
    }

    Map<String, Service> services() {
        var services = new LinkedHashMap<String, Service>();
        map(content.get("services"))
                .forEach((name, keys) ->
                        services.put(
                                String.valueOf(name),
                                new Service(String.valueOf(name), map(keys))));
        return services;
    }

    Service service(String name) {
        return Objects.requireNonNull(services().get(name), name);
    }

    List<String> volumes() {
        var names = new ArrayList<String>();
        map(content.get("volumes")).keySet().forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    static Map<?, ?> parse(Path file) {
        return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(read(file)));
    }

    static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("not a mapping: " + value);
    }

    static List<?> sequence(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("not a sequence: " + value);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
