package dev.lowgear.core.projection;

import java.util.List;

/**
 * A projection with what only its maker needs of it.
 *
 * @param projection segments, and the deadlines that bind: what a planner needs
 * @param everyDeadline the same segments with every deadline: what tells whose is missed
 * @param kv KV-cache tokens to come
 * @param nextCompletion iterations until the first request is expected to be complete; 0 if nothing
 *     runs
 */
public record Forecast(
        Projection projection, Projection everyDeadline, KvForecast kv, int nextCompletion) {
    /** Nothing runs. */
    static final Forecast IDLE =
            new Forecast(
                    Projection.IDLE,
                    Projection.IDLE,
                    new KvForecast(new double[0], new double[0]),
                    0);

    static Forecast of(
            List<Segment> segments, List<Deadline> every, KvForecast kv, int nextCompletion) {
        return new Forecast(
                new Projection(segments, BindingDeadlines.of(every)),
                new Projection(segments, every),
                kv,
                nextCompletion);
    }
}
