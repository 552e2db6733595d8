package dev.lowgear.launcher.command;

import dev.lowgear.launcher.UsageException;
import dev.lowgear.simulator.trace.GeneratedTraffic;
import dev.lowgear.simulator.trace.GeneratedTraffic.Daily;
import dev.lowgear.simulator.trace.GeneratedTraffic.Surges;
import dev.lowgear.simulator.trace.MalformedTraceException;
import dev.lowgear.simulator.trace.TraceRequest;
import dev.lowgear.simulator.trace.TraceWriter;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** {@code lowgear trace}: reads a trace or generates one; writes it in Lowgear's own format. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = {
            "Reads a request trace and says what is in it, or generates one. With --out it is",
            "written as arrival_ms,prompt_tokens,output_tokens, which every command here reads."
        })
public final class TraceCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The trace to read.")
    private @Nullable Path file;

    @Mixin private TraceOptions reading = new TraceOptions();

    @Option(
            names = "--generate",
            paramLabel = "MIX",
            description = "chat, code, or a mix of them such as chat:0.7,code:0.3.")
    private @Nullable String mix;

    @Option(
            names = "--hours",
            paramLabel = "H",
            description = "How long requests arrive. Standard: ${DEFAULT-VALUE}.")
    private double hours = 24;

    @Option(
            names = "--rate",
            paramLabel = "X",
            description =
                    "Requests per second on the mean, but for surges. Standard:"
                            + " ${DEFAULT-VALUE}.")
    private double rate = 1.3;

    @Option(
            names = "--swing",
            paramLabel = "X",
            description =
                    "How far the afternoon is above the mean, and the night below: 0 to 1."
                            + " Standard: ${DEFAULT-VALUE}.")
    private double swing = 0.5;

    @Option(
            names = "--surges",
            paramLabel = "N",
            description = "Surges in an hour. Standard: ${DEFAULT-VALUE}.")
    private double surges = 1;

    @Option(
            names = "--surge-seconds",
            paramLabel = "S",
            description = "How long one lasts on the mean. Standard: ${DEFAULT-VALUE}.")
    private int surgeSeconds = 60;

    @Option(
            names = "--surge-factor",
            paramLabel = "X",
            description = "What it multiplies the rate with. Standard: ${DEFAULT-VALUE}.")
    private double surgeFactor = 2;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed generates the same trace. Standard: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--out", paramLabel = "FILE", description = "Where it is written.")
    private @Nullable Path target;

    @Override
    public Integer call() throws IOException {
        if ((file == null) == (mix == null)) {
            throw new UsageException("say either which FILE to read or what to --generate");
        }
        var out = spec.commandLine().getOut();
        try {
            if (mix != null) {
                var requests = new Counted(generated(mix), length(), out);
                write(requests);
                requests.print();
            } else if (file != null) {
                read(file, out);
            }
        } catch (MalformedTraceException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return ExitCode.OK;
    }

    private void read(Path from, PrintWriter out) throws IOException {
        try (var reader = reading.open(from)) {
            var requests = new Counted(reader, Duration.ZERO, out);
            write(requests);
            out.printf("format      %s%n", reader.format().option());
            requests.print();
            out.printf(
                    "left out    %d bad rows, %d requests that were never answered%n",
                    reader.skipped(), reader.unanswered());
        }
    }

    private Iterator<TraceRequest> generated(String classes) {
        if (reading.areGiven()) {
            throw new UsageException("--format and --skip-bad are for a FILE that is read");
        }
        try {
            return new GeneratedTraffic(
                            GeneratedTraffic.parseMix(classes),
                            rate,
                            Daily.afternoon(swing),
                            new Surges(surges, Duration.ofSeconds(surgeSeconds), surgeFactor))
                    .arrivals(length(), new SplittableRandom(seed));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private Duration length() {
        if (!(hours > 0 && hours <= 10_000)) {
            throw new UsageException("--hours must be in (0, 10000], not " + hours);
        }
        return Duration.ofMillis((long) (hours * Duration.ofHours(1).toMillis()));
    }

    private void write(Counted requests) throws IOException {
        if (target == null) {
            requests.forEachRemaining(request -> {});
        } else {
            new OutputFile("--out", target).write(writer -> TraceWriter.write(requests, writer));
        }
    }

    /** Counts what passes, and says how far it is. */
    private static final class Counted implements Iterator<TraceRequest> {
        private static final int TENTHS = 10;

        private final Iterator<TraceRequest> requests;
        private final long lengthNanos;
        private final PrintWriter out;
        private long count;
        private long prompt;
        private long output;
        private long lastNanos;
        private long tenth;

        Counted(Iterator<TraceRequest> requests, Duration length, PrintWriter out) {
            this.requests = requests;
            lengthNanos = length.toNanos();
            this.out = out;
        }

        @Override
        public boolean hasNext() {
            return requests.hasNext();
        }

        @Override
        public TraceRequest next() {
            TraceRequest request = requests.next();
            count++;
            prompt += request.promptTokens();
            output += request.outputTokens();
            lastNanos = request.arrivalNanos();
            long reached = lengthNanos == 0 ? 0 : lastNanos / Math.max(1, lengthNanos / TENTHS);
            if (reached > tenth) {
                tenth = reached;
                out.printf("%d0 %% %d requests%n", tenth, count);
                out.flush();
            }
            return request;
        }

        void print() {
            double seconds = Math.max(lastNanos, 1) / 1e9;
            out.printf(
                    "requests    %d in %.1f s, %.3f per second%n", count, seconds, count / seconds);
            out.printf(
                    "tokens      %.1f of prompt and %.1f of output on the mean%n",
                    (double) prompt / Math.max(1, count), (double) output / Math.max(1, count));
            out.flush();
        }
    }
}
