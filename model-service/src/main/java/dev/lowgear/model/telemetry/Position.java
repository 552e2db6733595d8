package dev.lowgear.model.telemetry;

/**
 * Where this consumer stands in a partition it owns.
 *
 * @param stored the next offset as the database has it; what the compare-and-set compares with
 * @param from the first offset that is not stored yet: the same, unless the topic was made anew
 */
record Position(long stored, long from) {
    /** Nothing of the partition was ever stored. */
    static final Position BEGINNING = new Position(0, 0);

    static Position at(long offset) {
        return new Position(offset, offset);
    }
}
