package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.EngineRequest;
import dev.lowgear.agent.engine.Submission;
import dev.lowgear.agent.engine.TokenSink;
import dev.lowgear.core.lease.FencedDirective;
import dev.lowgear.core.performance.PerformanceTable;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/** What other threads have for an engine's owner. */
sealed interface EngineInput {
    /** A request wants in. */
    record Submit(EngineRequest request, TokenSink sink, CompletableFuture<Submission> answer)
            implements EngineInput {}

    /** A client went away. */
    record Cancel(String requestId) implements EngineInput {}

    /** A scheduler said something. */
    record Directed(FencedDirective directive, @Nullable String decisionId)
            implements EngineInput {}

    /** A performance table was published for engines like this one, or withdrawn. */
    record Tabulated(@Nullable PerformanceTable table) implements EngineInput {}

    /** An operator wants the default gear. */
    record Drop() implements EngineInput {}

    /** The guardian could not set or keep the clock. */
    record ClockLost() implements EngineInput {}
}
