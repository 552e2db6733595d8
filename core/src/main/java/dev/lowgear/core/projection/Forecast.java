package dev.lowgear.core.projection;

/**
 * A projection with what only its maker needs of it.
 *
 * @param projection segments and deadlines
 * @param kv KV-cache tokens to come
 * @param nextCompletion iterations until the first request is expected to be complete; 0 if nothing
 *     runs
 */
public record Forecast(Projection projection, KvForecast kv, int nextCompletion) {
    /** Nothing runs. */
    static final Forecast IDLE =
            new Forecast(Projection.IDLE, new KvForecast(new double[0], new double[0]), 0);
}
