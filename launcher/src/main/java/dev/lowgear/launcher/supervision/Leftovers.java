package dev.lowgear.launcher.supervision;

import dev.lowgear.infrastructure.process.ChildProcessException;
import dev.lowgear.infrastructure.process.ProcessEnd;
import dev.lowgear.launcher.stack.DataFolder;

import java.time.Duration;
import java.util.List;

/**
 * Children of a supervisor that was killed. They end by themselves, since their input ended with
 * it; a start that follows at once has to wait for that, and kills what does not.
 */
public final class Leftovers {
    private static final Duration BY_THEMSELVES = Duration.ofSeconds(20);
    private static final Duration KILLED = Duration.ofSeconds(5);

    private Leftovers() {}

    /** The processes of an earlier run on the folder that still live. */
    public static List<ProcessHandle> of(DataFolder data) {
        return SystemState.read(data.state()).stream()
                .flatMap(state -> state.parts().stream())
                .filter(part -> part.pid() > 0)
                .flatMap(part -> ProcessHandle.of(part.pid()).stream())
                .filter(process -> isOf(process, data))
                .toList();
    }

    /** Waits for them to end. */
    public static void clear(DataFolder data) {
        for (var process : of(data)) {
            if (!ProcessEnd.within(process, BY_THEMSELVES)) {
                process.destroyForcibly();
                if (!ProcessEnd.within(process, KILLED)) {
                    throw new ChildProcessException(
                            "process " + process.pid() + " of an earlier run does not end");
                }
            }
        }
    }

    /** A number alone proves nothing: it may belong to another program by now. */
    private static boolean isOf(ProcessHandle process, DataFolder data) {
        var root = data.root().toString();
        var arguments = process.info().arguments().orElse(new String[0]);
        for (var argument : arguments) {
            if (argument.contains(root)) {
                return true;
            }
        }
        return false;
    }
}
