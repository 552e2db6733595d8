package dev.lowgear.gateway.completion;

import dev.lowgear.gateway.agent.AgentAnswer;
import dev.lowgear.gateway.openai.EventStream;
import dev.lowgear.gateway.openai.OpenAiError;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Carries an answer from an agent to a client, each read as one write. The two sides fail apart:
 * {@link AgentLostException} if the agent broke off, an {@link IOException} if the client did.
 */
final class Relay {
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    private final ClientAnswer client;
    private final Runnable whenFirstByte;

    /** The agent's side broke. */
    static final class AgentLostException extends Exception {
        AgentLostException(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    Relay(ClientAnswer client, Runnable whenFirstByte) {
        this.client = client;
        this.whenFirstByte = whenFirstByte;
    }

    /** Carries a stream to its end; returns the tokens, once the engine has told. */
    EventStream.@Nullable Usage stream(AgentAnswer.Begun answer, boolean stripUsage)
            throws IOException, AgentLostException {
        EventStream events = new EventStream(stripUsage);
        InputStream in = open(answer);
        client.openStream();
        OutputStream out = client.out();
        boolean first = true;
        while (fill(events, in)) {
            if (events.drainTo(out)) {
                out.flush();
                if (first) {
                    whenFirstByte.run();
                    first = false;
                }
            }
        }
        if (!events.isDone()) {
            if (!events.hasFailed()) {
                client.error(OpenAiError.badGateway("The engine broke off in mid-stream"));
            }
            throw new AgentLostException("the stream ended without [DONE]", null);
        }
        return events.usage();
    }

    /** Carries an answer that is not streamed; nothing is sent before all of it is there. */
    void whole(AgentAnswer.Begun answer) throws IOException, AgentLostException {
        byte[] body;
        try {
            body = answer.body().readNBytes(LONGEST_ANSWER + 1);
        } catch (IOException e) {
            throw new AgentLostException("the answer broke off: " + e.getMessage(), e);
        }
        if (body.length > LONGEST_ANSWER) {
            throw new AgentLostException(
                    "an answer of more than " + LONGEST_ANSWER + " bytes", null);
        }
        whenFirstByte.run();
        client.whole(answer.contentType(), body);
    }

    private static InputStream open(AgentAnswer.Begun answer) throws AgentLostException {
        try {
            return answer.body();
        } catch (IOException e) {
            throw new AgentLostException("no body: " + e.getMessage(), e);
        }
    }

    /** A connection that breaks is the end of what there is to read. */
    private static boolean fill(EventStream events, InputStream in) {
        try {
            return events.fill(in);
        } catch (IOException e) {
            return false;
        }
    }
}
