package dev.lowgear.agent.openai;

import dev.lowgear.agent.engine.Finish;
import dev.lowgear.agent.engine.TokenSink;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hands the tokens of one request from the engine's thread to the thread that writes the answer.
 */
final class TokenStream implements TokenSink {
    /** What comes out: text, or the end. */
    sealed interface Event {
        record Text(String text) implements Event {}

        record End(Finish finish) implements Event {}
    }

    // bounded by the request's own token limit
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

    @Override
    public void token(String text) {
        events.add(new Event.Text(text));
    }

    @Override
    public void finished(Finish finish) {
        events.add(new Event.End(finish));
    }

    /** The next event, or null if none came in time. */
    @Nullable Event next(Duration patience) throws InterruptedException {
        return events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
