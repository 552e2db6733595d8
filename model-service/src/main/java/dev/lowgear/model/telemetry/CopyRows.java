package dev.lowgear.model.telemetry;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows in PostgreSQL's binary COPY format: a signature, then per row the number of columns and per
 * column its length (−1 for null) and bytes in network order. Binary needs no escaping, and neither
 * side parses numbers.
 *
 * <p>A row that turns out not to be storable is taken back whole with {@link #abandonRow}.
 */
final class CopyRows {
    /** Signature, flags (none) and length of the header extension (none). */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    /** Seconds from 1970 to 2000, where PostgreSQL's time begins. */
    private static final long POSTGRES_EPOCH_SECONDS = 946_684_800;

    private static final int FIRST_CAPACITY = 64 * 1024;

    private final int columns;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;
    private int rowStart;
    private int columnsWritten;
    private int rows;

    /** No rows yet of a table with so many columns. */
    CopyRows(int columns) {
        this.columns = columns;
        System.arraycopy(HEADER, 0, bytes, 0, HEADER.length);
        size = HEADER.length;
    }

    void beginRow() {
        rowStart = size;
        columnsWritten = 0;
        putShort(columns);
    }

    void endRow() {
        if (columnsWritten != columns) {
            throw new IllegalStateException(
                    "a row has " + columns + " columns, " + columnsWritten + " were written");
        }
        rows++;
    }

    /** Takes back what was written since {@link #beginRow}. */
    void abandonRow() {
        size = rowStart;
    }

    void timestamp(long epochMillis) {
        column(Long.BYTES);
        putLong((epochMillis - POSTGRES_EPOCH_SECONDS * 1000) * 1000);
    }

    void int8(@Nullable Long value) {
        if (value == null) {
            nothing();
        } else {
            column(Long.BYTES);
            putLong(value);
        }
    }

    void int4(@Nullable Integer value) {
        if (value == null) {
            nothing();
        } else {
            column(Integer.BYTES);
            putInt(value);
        }
    }

    void float8(double value) {
        column(Double.BYTES);
        putLong(Double.doubleToRawLongBits(value));
    }

    void bool(@Nullable Boolean value) {
        if (value == null) {
            nothing();
        } else {
            column(1);
            ensure(1);
            bytes[size++] = (byte) (value ? 1 : 0);
        }
    }

    /**
     * A text, or null.
     *
     * @throws IllegalArgumentException if it holds a NUL character, which PostgreSQL cannot store
     */
    void text(@Nullable String value) {
        if (value == null) {
            nothing();
            return;
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text holds a NUL character");
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        column(utf8.length);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    /** How many rows there are. */
    int rows() {
        return rows;
    }

    /** The whole stream; to be called once, when no row follows. */
    byte[] finish() {
        putShort(-1);
        return Arrays.copyOf(bytes, size);
    }

    private void column(int length) {
        columnsWritten++;
        putInt(length);
    }

    private void nothing() {
        columnsWritten++;
        putInt(-1);
    }

    private void putShort(int value) {
        ensure(Short.BYTES);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    private void putInt(int value) {
        ensure(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
    }

    private void putLong(long value) {
        ensure(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes =
                    Arrays.copyOf(
                            bytes, Math.max(Math.multiplyExact(bytes.length, 2), size + more));
        }
    }
}
