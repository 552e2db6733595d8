package dev.lowgear.agent.openai;

import dev.lowgear.agent.engine.Finish;
import dev.lowgear.agent.openai.TokenStream.Event;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * Writes one accepted completion; a client that went away is noticed at the next failing write and
 * cancelled.
 */
final class CompletionAnswer {
    private final Answer answer;
    private final CompletionWriter writer;
    private final TokenStream tokens;
    private final Runnable cancel;

    CompletionAnswer(Answer answer, CompletionWriter writer, TokenStream tokens, Runnable cancel) {
        this.answer = answer;
        this.writer = writer;
        this.tokens = tokens;
        this.cancel = cancel;
    }

    void write(boolean stream) throws IOException, InterruptedException {
        boolean ended = false;
        try {
            if (stream) {
                stream();
            } else {
                whole();
            }
            ended = true;
        } finally {
            if (!ended) {
                cancel.run();
            }
        }
    }

    private void stream() throws IOException, InterruptedException {
        answer.openStream();
        answer.send(writer.opening());
        while (true) {
            switch (next()) {
                case null -> answer.send(CompletionWriter.keepAlive());
                case Event.Text text -> answer.send(writer.token(text.text()));
                case Event.End end -> {
                    switch (end.finish()) {
                        case Finish.Completed completed -> {
                            answer.send(writer.closing(completed));
                            answer.send(CompletionWriter.done());
                        }
                        case Finish.Cancelled _ -> {}
                        case Finish.Failed failed ->
                                answer.send(
                                        CompletionWriter.error(
                                                OpenAiError.unavailable(failed.message())));
                    }
                    return;
                }
            }
        }
    }

    private void whole() throws IOException, InterruptedException {
        StringBuilder content = new StringBuilder();
        while (true) {
            switch (next()) {
                case null -> {}
                case Event.Text text -> content.append(text.text());
                case Event.End end -> {
                    switch (end.finish()) {
                        case Finish.Completed completed ->
                                answer.json(writer.whole(content.toString(), completed));
                        case Finish.Cancelled _ -> {}
                        case Finish.Failed failed ->
                                answer.error(
                                        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                                        OpenAiError.unavailable(failed.message()));
                    }
                    return;
                }
            }
        }
    }

    private @Nullable Event next() throws InterruptedException {
        return tokens.next(CompletionController.PATIENCE);
    }
}
