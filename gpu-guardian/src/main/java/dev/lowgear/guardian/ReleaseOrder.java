package dev.lowgear.guardian;

import dev.lowgear.core.fleet.EngineId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An operator's order to give clocks back, which works with everything else down: a file. While it
 * exists nothing is locked and nothing may be. It names engines, one a line; an empty file, or one
 * that cannot be read, means all of them.
 */
sealed interface ReleaseOrder {
    boolean covers(EngineId engine);

    /** There is no such file. */
    record None() implements ReleaseOrder {
        @Override
        public boolean covers(EngineId engine) {
            return false;
        }
    }

    /** Every engine. */
    record All() implements ReleaseOrder {
        @Override
        public boolean covers(EngineId engine) {
            return true;
        }
    }

    /** Some engines, by their ids. */
    record Some(Set<String> engines) implements ReleaseOrder {
        @Override
        public boolean covers(EngineId engine) {
            return engines.contains(engine.value());
        }
    }

    /** What the file says now. */
    static ReleaseOrder read(Path file) {
        if (!Files.exists(file)) {
            return new None();
        }
        try {
            Set<String> engines = new TreeSet<>();
            List<String> lines = Files.readAllLines(file);
            lines.stream().map(String::strip).filter(line -> !line.isEmpty()).forEach(engines::add);
            return engines.isEmpty() ? new All() : new Some(engines);
        } catch (NoSuchFileException e) {
            return new None();
        } catch (IOException e) {
            return new All();
        }
    }
}
