package dev.lowgear.gateway.broker;

import dev.lowgear.contract.Topics;

import org.jspecify.annotations.Nullable;

/**
 * A topic that the gateway follows.
 *
 * @param topic which
 * @param start where it begins to read
 * @param reader takes each record
 */
record FollowedTopic(Topics topic, Start start, Reader reader) {
    /** Where reading begins. */
    enum Start {
        /** A compacted topic: all of it is what is known. */
        BEGINNING,
        /** A topic of states that come again: only the newest of each key counts. */
        END
    }

    /** Takes a record. */
    interface Reader {
        /**
         * Takes a record.
         *
         * @param value null where the key was withdrawn
         * @throws dev.lowgear.contract.UnreadableMessageException if it is no such message
         * @throws IllegalArgumentException if it says something impossible
         */
        void read(String key, byte @Nullable [] value);
    }
}
