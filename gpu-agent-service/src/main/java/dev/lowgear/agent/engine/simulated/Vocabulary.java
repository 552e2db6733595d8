package dev.lowgear.agent.engine.simulated;

/** Text for simulated tokens: one word each, so that words and tokens agree. */
final class Vocabulary {
    private static final String[] WORDS = {
        "the", "engine", "turns", "at", "a", "low", "gear", "and", "keeps", "its", "promise"
    };

    private Vocabulary() {}

    /** The {@code generated}th token of an answer, from 1. */
    static String token(int generated) {
        String word = WORDS[(generated - 1) % WORDS.length];
        return generated == 1 ? word : " " + word;
    }
}
