package dev.lowgear.launcher.command;

import dev.lowgear.launcher.UsageException;
import dev.lowgear.simulator.trace.GeneratedTraffic;
import dev.lowgear.simulator.trace.MalformedTraceException;
import dev.lowgear.simulator.trace.TraceReader;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TrafficClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A trace that runs are made from, in memory.
 *
 * @param requests in order of arrival
 * @param skipped bad rows left out
 * @param cut whether the file has more requests than were read
 */
record RunTrace(List<TraceRequest> requests, long skipped, boolean cut) {
    /** Of the hour of conversations that Azure published in 2023, in requests per second. */
    static final double CHAT_RATE = 5.53;

    /** Of generated traffic: the same requests in every command. */
    static final long SEED = 11;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_REQUESTS = 5_000_000;

    /** An hour of traffic at a steady rate, for want of a file. */
    static List<TraceRequest> generated(TrafficClass kind, double rate) {
        return GeneratedTraffic.steady(kind, rate).generate(HOUR, new SplittableRandom(SEED));
    }

    /**
     * A trace file of any format, without a bad row.
     *
     * @throws UsageException saying what is wrong with it
     */
    static RunTrace read(Path file) {
        return read(file, new TraceOptions());
    }

    /**
     * A trace file, read as asked for.
     *
     * @throws UsageException saying what is wrong with it
     */
    static RunTrace read(Path file, TraceOptions reading) {
        try (TraceReader reader = reading.open(file)) {
            List<TraceRequest> requests = new ArrayList<>();
            while (reader.hasNext() && requests.size() < MOST_REQUESTS) {
                requests.add(reader.next());
            }
            if (requests.getLast().arrivalNanos() == 0) {
                throw new UsageException(
                        file + ": expected arrivals at two moments at least, all come at once");
            }
            return new RunTrace(List.copyOf(requests), reader.skipped(), reader.hasNext());
        } catch (MalformedTraceException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            throw new UsageException(file + " cannot be read: " + e.getMessage());
        }
    }

    /** In a few words, after the name of the file. */
    String about() {
        return requests.size()
                + (cut ? " requests, the first of more" : " requests")
                + (skipped == 0 ? "" : ", " + skipped + " bad rows left out");
    }
}
