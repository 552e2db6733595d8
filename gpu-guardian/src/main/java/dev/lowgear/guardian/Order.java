package dev.lowgear.guardian;

import dev.lowgear.guardian.protocol.GuardianAnswer;
import dev.lowgear.guardian.protocol.GuardianRequest;

import java.util.function.Consumer;

/**
 * A request on its way to the actuator thread.
 *
 * @param receivedNanos when it was read from the socket: leases count from here, however long it
 *     waits
 * @param answer takes the one answer, on the actuator thread; must not block
 */
record Order(GuardianRequest request, long receivedNanos, Consumer<GuardianAnswer> answer) {}
