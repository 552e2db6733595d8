package dev.lowgear.launcher.aot;

import java.nio.file.Path;
import java.util.List;

/**
 * What is needed to make a cache from what a JVM recorded.
 *
 * @param part whose JVM
 * @param java its executable
 * @param jvmOptions its options
 * @param classPath its class path
 * @param cache where the cache belongs
 */
record Recording(String part, Path java, List<String> jvmOptions, String classPath, Path cache) {

    Recording {
        jvmOptions = List.copyOf(jvmOptions);
    }

    static Recording of(String part, AotCache cache) {
        var command = cache.command();
        return new Recording(
                part, command.java(), command.jvmOptions(), command.classPath(), cache.file());
    }
}
