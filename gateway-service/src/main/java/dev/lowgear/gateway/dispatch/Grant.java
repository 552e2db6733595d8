package dev.lowgear.gateway.dispatch;

import dev.lowgear.gateway.fleet.ServingEngine;

import java.time.Duration;

/** What a request is told about its turn. */
public sealed interface Grant {
    /** It goes to this engine. */
    record To(ServingEngine engine) implements Grant {}

    /** It waits. */
    record Waiting() implements Grant {}

    /** Too many wait already, or it gave its place to one that goes first. */
    record Refused(Duration retryAfter) implements Grant {}

    /** No engine that it has not tried can take it now. */
    record Nobody() implements Grant {}
}
