package dev.lowgear.guardian.nvml;

import com.sun.jna.Memory;

/**
 * {@code nvmlFieldValue_t}: a question and its answer in 40 bytes.
 *
 * <pre>
 *  0 fieldId   4 scopeId   8 timestamp µs   16 latency µs   24 valueType   28 nvmlReturn   32 value
 * </pre>
 */
final class FieldValue {
    static final int SIZE = 40;

    /** Power now, in mW; the mean of the last second is another field. */
    static final int POWER_INSTANT = 186;

    static final int SCOPE_GPU = 0;
    static final int SCOPE_MODULE = 1;

    private FieldValue() {}

    static void ask(Memory memory, int field, int scope) {
        memory.clear();
        memory.setInt(0, field);
        memory.setInt(4, scope);
    }

    /** The answer, once the call has succeeded: each entry has a code of its own. */
    static long read(Memory memory) throws NvmlException {
        int code = memory.getInt(28);
        if (code != NvmlReturn.SUCCESS) {
            throw new NvmlException("field " + memory.getInt(0), code);
        }
        return switch (memory.getInt(24)) {
            case 0 -> Math.round(memory.getDouble(32));
            case 1 -> Integer.toUnsignedLong(memory.getInt(32));
            case 2, 3, 4 -> memory.getLong(32);
            case 5 -> memory.getInt(32);
            case 6 -> Short.toUnsignedLong(memory.getShort(32));
            default -> throw new NvmlException("field " + memory.getInt(0), 999);
        };
    }
}
