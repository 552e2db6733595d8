package dev.lowgear.simulator.trace;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Writes a trace in our own format. */
public final class TraceWriter {
    private TraceWriter() {}

    /** Appends header and rows; arrivals in milliseconds with three decimals. */
    public static void write(List<TraceRequest> trace, Appendable out) throws IOException {
        write(trace.iterator(), out);
    }

    /** Appends header and rows as they come. */
    public static void write(Iterator<TraceRequest> trace, Appendable out) throws IOException {
        out.append(TraceFormat.LOWGEAR.header()).append('\n');
        while (trace.hasNext()) {
            TraceRequest request = trace.next();
            out.append(
                    String.format(
                            Locale.ROOT,
                            "%.3f,%d,%d\n",
                            request.arrivalNanos() / 1e6,
                            request.promptTokens(),
                            request.outputTokens()));
        }
    }
}
