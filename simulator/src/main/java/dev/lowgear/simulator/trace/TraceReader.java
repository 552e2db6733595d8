package dev.lowgear.simulator.trace;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reads a trace lazily, row by row, in order of arrival; arrivals count from the first request's.
 * Rows of requests that were never answered are left out.
 */
public final class TraceReader implements Iterator<TraceRequest>, Closeable {
    private static final String HALF_WRITTEN =
            "; this is the last line, and may be only half written";

    /** What is done about a row that cannot be read. */
    public enum BadRows {
        /** It ends the reading. */
        REFUSE,
        /** It is counted and passed over. */
        SKIP
    }

    private final String source;
    private final BufferedReader lines;
    private final BadRows badRows;
    private final TraceFormat format;
    private final RowParser rows;
    private long line;
    private long firstNanos;
    private long lastNanos = Long.MIN_VALUE;
    private long skipped;
    private long unanswered;
    private @Nullable String unread;
    private @Nullable TraceRequest next;

    private TraceReader(
            String source, BufferedReader lines, @Nullable TraceFormat wanted, BadRows badRows)
            throws IOException {
        this.source = source;
        this.lines = lines;
        this.badRows = badRows;
        String head = lines.readLine();
        if (head == null) {
            throw new MalformedTraceException(source, 1, "expected a header, the trace is empty");
        }
        try {
            format = wanted == null ? TraceFormat.of(head) : wanted;
            rows = format.parser(head);
        } catch (IllegalArgumentException e) {
            throw new MalformedTraceException(source, 1, String.valueOf(e.getMessage()));
        }
        if (format.hasHeader()) {
            line = 1;
        } else {
            unread = head;
        }
        next = read();
        if (next == null) {
            throw new MalformedTraceException(
                    source,
                    line,
                    "expected at least one request"
                            + (skipped == 0 ? "" : ", all " + skipped + " rows were skipped"));
        }
    }

    /**
     * Opens a trace file of any format; its first line tells which. A bad row is refused.
     *
     * @throws MalformedTraceException if it is none, or without requests
     * @throws IOException if it cannot be read
     */
    public static TraceReader open(Path file) throws IOException {
        return open(file, null, BadRows.REFUSE);
    }

    /**
     * Opens a trace file.
     *
     * @param format that it must have; null if its first line is to tell
     * @throws MalformedTraceException if it has another format, or no requests
     * @throws IOException if it cannot be read
     */
    public static TraceReader open(Path file, @Nullable TraceFormat format, BadRows badRows)
            throws IOException {
        return open(
                file.toString(),
                Files.newBufferedReader(file, StandardCharsets.UTF_8),
                format,
                badRows);
    }

    /** Reads a trace from characters; {@code source} names it in errors. */
    public static TraceReader open(String source, Reader characters) throws IOException {
        return open(source, characters, null, BadRows.REFUSE);
    }

    static TraceReader open(
            String source, Reader characters, @Nullable TraceFormat format, BadRows badRows)
            throws IOException {
        BufferedReader lines = new BufferedReader(characters);
        try {
            return new TraceReader(source, lines, format, badRows);
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** Every request of a trace file, in order of arrival. */
    public static List<TraceRequest> readAll(Path file) throws IOException {
        try (TraceReader reader = open(file)) {
            return reader.remaining();
        }
    }

    /** The format it has. */
    public TraceFormat format() {
        return format;
    }

    /** Bad rows passed over so far. */
    public long skipped() {
        return skipped;
    }

    /** Rows left out so far because their requests were never answered. */
    public long unanswered() {
        return unanswered;
    }

    /** Every request not yet read. */
    public List<TraceRequest> remaining() {
        List<TraceRequest> requests = new ArrayList<>();
        forEachRemaining(requests::add);
        return requests;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public TraceRequest next() {
        TraceRequest current = next;
        if (current == null) {
            throw new NoSuchElementException(source + " has no more requests");
        }
        try {
            next = read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return current;
    }

    private @Nullable TraceRequest read() throws IOException {
        for (String text = line(); text != null; text = line()) {
            if (text.isBlank()) {
                continue;
            }
            try {
                RowParser.Row row = rows.parse(text);
                if (row != null) {
                    return request(row);
                }
                unanswered++;
            } catch (IllegalArgumentException e) {
                if (badRows == BadRows.REFUSE) {
                    String end = lines.readLine() == null ? HALF_WRITTEN : "";
                    throw new MalformedTraceException(source, line, e.getMessage() + end);
                }
                skipped++;
            }
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        String text = unread == null ? lines.readLine() : unread;
        unread = null;
        line++;
        return text;
    }

    private TraceRequest request(RowParser.Row row) {
        if (lastNanos == Long.MIN_VALUE) {
            firstNanos = row.nanos();
        } else if (row.nanos() < lastNanos) {
            throw new IllegalArgumentException("expected arrivals in ascending order");
        }
        lastNanos = row.nanos();
        return new TraceRequest(lastNanos - firstNanos, row.promptTokens(), row.outputTokens());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
