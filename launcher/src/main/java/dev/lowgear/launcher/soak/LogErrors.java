package dev.lowgear.launcher.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines of the parts' logs that say that something is wrong. */
final class LogErrors {
    private static final Pattern ERROR = Pattern.compile("^\\S+ +ERROR ");

    private LogErrors() {}

    /** Such lines in all logs of a folder, with the log's name before each. */
    static List<String> in(Path logs) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(logs, "*.log")) {
            for (var file : files) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                text.lines()
                        .filter(line -> ERROR.matcher(line).find())
                        .forEach(line -> found.add(file.getFileName() + ": " + line));
            }
        }
        found.sort(null);
        return found;
    }
}
