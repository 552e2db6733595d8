package dev.lowgear.model.telemetry;

import java.util.List;

/** Where messages of one kind are stored: the table, its columns, and what goes into each. */
interface RowLayout<M> {
    /** The table, partitioned by {@code received_at}, its first column. */
    String table();

    /** Columns after {@code received_at}, in the order they are written. */
    List<String> columns();

    /** Writes one message, a value per column. */
    void write(M message, CopyRows row);

    /** The fingerprint of the engine the message is about; empty if it has none. */
    String fingerprint(M message);

    /** How many columns a row has. */
    default int width() {
        return columns().size() + 1;
    }

    /** The statement that copies rows of this layout. */
    default String copyStatement() {
        return "COPY "
                + table()
                + " (received_at, "
                + String.join(", ", columns())
                + ") FROM STDIN (FORMAT binary)";
    }
}
