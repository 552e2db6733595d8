package dev.lowgear.model.telemetry;

import dev.lowgear.contract.IterationTelemetry;
import dev.lowgear.contract.PowerWindow;
import dev.lowgear.contract.RequestEvent;
import dev.lowgear.contract.Topics;

import java.util.List;

/**
 * One topic that is stored.
 *
 * @param topic where its records come from
 * @param type what they are
 * @param layout where they go
 */
record Feed<M>(Topics topic, Class<M> type, RowLayout<M> layout) {
    static final Feed<IterationTelemetry> ITERATIONS =
            new Feed<>(Topics.ITERATIONS, IterationTelemetry.class, new IterationRows());
    static final Feed<PowerWindow> POWER_WINDOWS =
            new Feed<>(Topics.POWER_WINDOWS, PowerWindow.class, new PowerWindowRows());
    static final Feed<RequestEvent> REQUESTS =
            new Feed<>(Topics.REQUESTS, RequestEvent.class, new RequestRows());

    /** Every topic that is stored. */
    static List<Feed<?>> all() {
        return List.of(ITERATIONS, POWER_WINDOWS, REQUESTS);
    }
}
