package dev.lowgear.core.physics;

import dev.lowgear.core.engine.EngineLimits;

/** The paged KV cache: how many blocks are free. Which ones does not matter to time or energy. */
final class KvCache {
    private final EngineLimits limits;
    private int free;

    KvCache(EngineLimits limits) {
        this.limits = limits;
        this.free = limits.kvBlocks();
    }

    int used() {
        return limits.kvBlocks() - free;
    }

    boolean hasRoomFor(int tokens) {
        return limits.blocksFor(tokens) <= free;
    }

    /**
     * Gives {@code sequence} the blocks for {@code tokens} tokens, or nothing if too few are free.
     */
    boolean grow(Sequence sequence, int tokens) {
        int more = limits.blocksFor(tokens) - sequence.blocks;
        if (more > free) {
            return false;
        }
        if (more > 0) {
            sequence.blocks += more;
            free -= more;
        }
        return true;
    }

    /** Takes all blocks back. */
    void release(Sequence sequence) {
        free += sequence.blocks;
        sequence.blocks = 0;
    }
}
