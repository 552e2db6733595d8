package dev.lowgear.launcher.endtoend;

import java.nio.file.Path;
import java.util.List;

/** The processes of this machine that have to do with a folder. */
final class Processes {
    private Processes() {}

    static List<ProcessHandle> of(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        List.of(process.info().arguments().orElse(new String[0])).stream()
                                .anyMatch(word -> word.contains(folder.toString())))
                .toList();
    }
}
