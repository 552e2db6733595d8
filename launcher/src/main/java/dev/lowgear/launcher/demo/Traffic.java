package dev.lowgear.launcher.demo;

import dev.lowgear.launcher.chat.ChatClient;
import dev.lowgear.launcher.chat.Outcome;
import dev.lowgear.simulator.trace.TraceRequest;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends every request of a trace at its time, to each of several models alike. The arrivals are
 * open-loop: a slow answer delays no later request.
 */
final class Traffic {
    private final ChatClient client;
    private final List<TraceRequest> trace;
    private final List<Destination> destinations;

    /**
     * Where requests go.
     *
     * @param model the model's name
     * @param tally who counts what its clients see
     */
    record Destination(String model, ClientTally tally) {}

    Traffic(ChatClient client, List<TraceRequest> trace, List<Destination> destinations) {
        this.client = client;
        this.trace = List.copyOf(trace);
        this.destinations = List.copyOf(destinations);
    }

    /** Sends everything and returns when every answer has ended. */
    void run() throws InterruptedException {
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            for (var request : trace) {
                awaitTime(begin + request.arrivalNanos());
                for (var destination : destinations) {
                    destination.tally().sent();
                    senders.execute(() -> send(destination, request));
                }
            }
            end(senders);
        }
    }

    private void send(Destination destination, TraceRequest request) {
        try {
            destination.tally().ended(client.complete(destination.model(), request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            destination.tally().ended(new Outcome.Failed("given up"));
        }
    }

    private static void awaitTime(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("told to end");
            }
            LockSupport.parkNanos(left);
        }
    }

    private static void end(ExecutorService senders) throws InterruptedException {
        senders.shutdown();
        if (!senders.awaitTermination(5, TimeUnit.MINUTES)) {
            senders.shutdownNow();
        }
    }
}
