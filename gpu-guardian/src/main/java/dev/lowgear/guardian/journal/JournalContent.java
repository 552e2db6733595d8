package dev.lowgear.guardian.journal;

import dev.lowgear.core.fleet.EngineId;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the bytes of a journal say.
 *
 * @param actuator which actuator made the locks; empty if there is no readable header
 * @param locked GPUs locked, with their engines
 * @param damagedLine number of the first unreadable line that is not the last, 0 for none
 */
record JournalContent(Optional<String> actuator, Map<String, EngineId> locked, int damagedLine) {

    /**
     * Reads a journal. The last line may be torn: whoever wrote it never learned that it was
     * durable, so that no lock was made for it, and a reset is repeated. An unreadable line
     * elsewhere is damage.
     */
    static JournalContent parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        String[] lines = text.isEmpty() ? new String[0] : text.split("\n", -1);
        // What follows the last line feed is either nothing or a line cut short.
        int last = lines.length - (text.endsWith("\n") ? 2 : 1);
        Optional<String> actuator = Optional.empty();
        Map<String, EngineId> locked = new LinkedHashMap<>();
        int damaged = 0;
        for (int i = 0; i <= last; i++) {
            Optional<JournalLine> line = JournalLine.parse(lines[i]);
            boolean whole = i < last || text.endsWith("\n");
            if (line.isEmpty() || !whole) {
                damaged = damaged == 0 && i < last ? i + 1 : damaged;
                continue;
            }
            switch (line.get()) {
                case JournalLine.Header header -> actuator = Optional.of(header.actuator());
                case JournalLine.Locked lock -> locked.put(lock.gpu(), lock.engine());
                case JournalLine.Reset reset -> locked.remove(reset.gpu());
            }
        }
        if (actuator.isEmpty() && last > 0 && damaged == 0) {
            damaged = 1;
        }
        return new JournalContent(actuator, locked, damaged);
    }
}
