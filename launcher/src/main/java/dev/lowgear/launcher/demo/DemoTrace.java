package dev.lowgear.launcher.demo;

import dev.lowgear.launcher.UsageException;
import dev.lowgear.simulator.trace.MalformedTraceException;
import dev.lowgear.simulator.trace.ShippedTrace;
import dev.lowgear.simulator.trace.TraceReader;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TraceShaping;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a demonstration sends.
 *
 * @param source where it comes from, for people
 * @param requests in order of arrival
 * @param clipped requests whose lengths exceeded the model's window
 */
public record DemoTrace(String source, List<TraceRequest> requests, int clipped) {
    private static final long SEED = 1;

    public DemoTrace {
        requests = List.copyOf(requests);
    }

    /**
     * A trace of a file, or the shipped one, fitted to the run.
     *
     * @param file an Azure trace or one of ours; absent for the shipped one
     * @param rate multiplies the arrival rate
     * @param length how much of it is sent
     * @param window tokens of prompt and output together
     * @throws UsageException when there is no such trace, or nothing arrives in that time
     */
    public static DemoTrace load(@Nullable Path file, double rate, Duration length, int window) {
        var random = new SplittableRandom(SEED);
        var all = file == null ? ShippedTrace.requests(length) : readAll(file);
        var shaped = rate == 1 ? all : rate(all, rate, random);
        var cut = TraceShaping.window(shaped, Duration.ZERO, length);
        var clipped = TraceShaping.clip(cut, window);
        if (clipped.requests().isEmpty()) {
            throw new UsageException(
                    "no request arrives within %d s: use a longer --seconds or a higher --rate"
                            .formatted(length.toSeconds()));
        }
        return new DemoTrace(
                file == null ? "the shipped chat trace" : file.toString(),
                clipped.requests(),
                clipped.clipped());
    }

    private static List<TraceRequest> readAll(Path file) {
        try {
            return TraceReader.readAll(file);
        } catch (MalformedTraceException e) {
            throw new UsageException("--trace: " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException("--trace " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static List<TraceRequest> rate(
            List<TraceRequest> all, double factor, SplittableRandom random) {
        try {
            return TraceShaping.rate(all, factor, random);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--rate: " + e.getMessage());
        }
    }
}
