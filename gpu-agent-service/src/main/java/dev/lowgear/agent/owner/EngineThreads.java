package dev.lowgear.agent.owner;

import dev.lowgear.agent.directive.DirectiveSink;
import dev.lowgear.contract.DirectiveMessage;
import dev.lowgear.core.control.Directive;
import dev.lowgear.core.fleet.EngineId;
import dev.lowgear.core.lease.FencedDirective;
import dev.lowgear.core.performance.PerformanceTable;

import java.util.List;
import java.util.Optional;

/**
 * The engines of this node, as directives and tables reach them; those for engines elsewhere are
 * ignored.
 */
public final class EngineThreads implements DirectiveSink, AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<EngineThread> threads;

    public EngineThreads(List<EngineThread> threads) {
        this.threads = List.copyOf(threads);
    }

    /** All of them. */
    public List<EngineThread> all() {
        return threads;
    }

    @Override
    public void setGear(DirectiveMessage.SetGear message) {
        find(message.engineId())
                .ifPresent(thread ->
                        thread.directed(
                                new FencedDirective(
                                        new Directive.SetGear(
                                                thread.id(),
                                                message.gear(),
                                                message.envelope(),
                                                message.reason()),
                                        message.fence(),
                                        message.echoedStampNanos(),
                                        message.leaseMillis() * NANOS_PER_MILLI),
                                message.decisionId()));
    }

    @Override
    public void release(DirectiveMessage.Release message) {
        find(message.engineId())
                .ifPresent(thread ->
                        thread.directed(
                                new FencedDirective(
                                        new Directive.Release(thread.id(), message.reason()),
                                        message.fence(),
                                        message.echoedStampNanos(),
                                        0),
                                null));
    }

    @Override
    public void renew(DirectiveMessage.Renewal renewal, long leaseMillis) {
        find(renewal.engineId())
                .ifPresent(thread ->
                        thread.directed(
                                new FencedDirective(
                                        new Directive.Renew(thread.id(), "renewed"),
                                        renewal.fence(),
                                        renewal.echoedStampNanos(),
                                        leaseMillis * NANOS_PER_MILLI),
                                renewal.decisionId()));
    }

    /** A table was published for engines of that fingerprint. */
    public void tabulated(String fingerprint, PerformanceTable table) {
        for (EngineThread thread : threads) {
            if (thread.fingerprint().equals(fingerprint)) {
                thread.tabulated(table);
            }
        }
    }

    /** The table for engines of that fingerprint was withdrawn. */
    public void withdrawn(String fingerprint) {
        for (EngineThread thread : threads) {
            if (thread.fingerprint().equals(fingerprint)) {
                thread.tabulated(null);
            }
        }
    }

    private Optional<EngineThread> find(String engineId) {
        return threads.stream()
                .filter(thread -> thread.id().equals(new EngineId(engineId)))
                .findFirst();
    }

    @Override
    public void close() {
        threads.forEach(EngineThread::close);
    }
}
