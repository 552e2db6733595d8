package dev.lowgear.core.request;

/**
 * The length of an answer as far as it was seen.
 *
 * @param shape the request
 * @param generated tokens it generated, at least 0
 * @param censored whether it would have gone on: it hit {@code max_tokens}, was cancelled, or still
 *     runs
 */
public record LengthObservation(RequestShape shape, int generated, boolean censored) {
    public LengthObservation {
        if (generated < 0 || (generated == 0 && !censored)) {
            throw new IllegalArgumentException(
                    "an answer that ended by itself has a token, got " + generated);
        }
    }
}
