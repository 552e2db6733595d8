package dev.lowgear.infrastructure.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a {@link Tethered} Java child.
 *
 * @param java the {@code java} executable
 * @param jvmOptions such as {@code -Xmx128m}
 * @param classPath as {@code -cp} takes it; must hold this class
 * @param mainClass what to run
 * @param arguments its arguments
 */
public record JavaCommand(
        Path java,
        List<String> jvmOptions,
        String classPath,
        String mainClass,
        List<String> arguments) {

    public JavaCommand {
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
    }

    /** The {@code java} that runs this process. */
    public static Path ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The class path of this process, as absolute paths. */
    public static String ownClassPath() {
        var entries = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /** With more options for the JVM, after those it has. */
    public JavaCommand withJvmOptions(List<String> more) {
        var options = new ArrayList<>(jvmOptions);
        options.addAll(more);
        return new JavaCommand(java, options, classPath, mainClass, arguments);
    }

    /** The words of the command. */
    public List<String> words() {
        var words = new ArrayList<String>();
        words.add(java.toString());
        words.addAll(jvmOptions);
        words.addAll(List.of("-cp", classPath, Tethered.class.getName(), mainClass));
        words.addAll(arguments);
        return words;
    }
}
