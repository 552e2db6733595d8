package dev.lowgear.agent.owner;

import dev.lowgear.agent.engine.TokenSink;

/**
 * A request in the engine.
 *
 * @param handle its handle at the engine
 * @param requestId its id everywhere else
 * @param maxTokens where its answer is cut
 * @param sink where its tokens go
 */
record LiveRequest(long handle, String requestId, int maxTokens, TokenSink sink) {}
