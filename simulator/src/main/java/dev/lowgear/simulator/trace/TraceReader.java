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

/** Reads a trace lazily, row by row, in order of arrival. */
public final class TraceReader implements Iterator<TraceRequest>, Closeable {
    private final String source;
    private final BufferedReader lines;
    private final RowParser rows;
    private long line;
    private long lastArrivalNanos;
    private @Nullable TraceRequest next;

    private TraceReader(String source, BufferedReader lines) throws IOException {
        this.source = source;
        this.lines = lines;
        String header = lines.readLine();
        line = 1;
        if (header == null) {
            throw new MalformedTraceException(source, 1, "expected a header, the trace is empty");
        }
        try {
            rows = TraceFormat.ofHeader(header).newParser();
        } catch (IllegalArgumentException e) {
            throw new MalformedTraceException(source, 1, String.valueOf(e.getMessage()));
        }
        next = read();
        if (next == null) {
            throw new MalformedTraceException(source, 2, "expected at least one request");
        }
    }

    /**
     * Opens a trace file of any format; its header tells which.
     *
     * @throws MalformedTraceException if it is none, or empty
     * @throws IOException if it cannot be read
     */
    public static TraceReader open(Path file) throws IOException {
        return open(file.toString(), Files.newBufferedReader(file, StandardCharsets.UTF_8));
    }

    /** Reads a trace from characters; {@code source} names it in errors. */
    public static TraceReader open(String source, Reader characters) throws IOException {
        BufferedReader lines = new BufferedReader(characters);
        try {
            return new TraceReader(source, lines);
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
        String text = lines.readLine();
        line++;
        while (text != null && text.isBlank()) {
            text = lines.readLine();
            line++;
        }
        if (text == null) {
            return null;
        }
        try {
            TraceRequest request = rows.parse(text);
            if (request.arrivalNanos() < lastArrivalNanos) {
                throw new IllegalArgumentException("expected arrivals in ascending order");
            }
            lastArrivalNanos = request.arrivalNanos();
            return request;
        } catch (IllegalArgumentException e) {
            throw new MalformedTraceException(source, line, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
