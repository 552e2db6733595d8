package dev.lowgear.agent.engine;

/**
 * Where an engine puts the tokens of one request. Called by the engine's thread, must not block.
 */
public interface TokenSink {
    /** More text. */
    void token(String text);

    /** The end; nothing follows. */
    void finished(Finish finish);
}
