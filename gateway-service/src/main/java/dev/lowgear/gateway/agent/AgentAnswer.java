package dev.lowgear.gateway.agent;

import dev.lowgear.gateway.openai.OpenAiError;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** What an agent said to a request. */
public sealed interface AgentAnswer {
    /** It has no room, and expects to have some after a while. */
    record Full(Duration expectedWait) implements AgentAnswer {}

    /** It did not answer, or cannot serve now: another may. */
    record Unreachable(String reason) implements AgentAnswer {}

    /** It refuses: the client is told. */
    record Refused(OpenAiError error) implements AgentAnswer {}

    /** It begins to answer; to be closed, which ends the request at the agent if it is not over. */
    non-sealed interface Begun extends AgentAnswer, AutoCloseable {
        /** Media type of the body. */
        String contentType();

        /** The body as it comes. */
        InputStream body() throws IOException;

        @Override
        void close();
    }
}
