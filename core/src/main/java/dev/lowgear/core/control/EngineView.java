package dev.lowgear.core.control;

import dev.lowgear.core.fleet.HostedEngine;

/**
 * One engine under control, for people and metrics.
 *
 * @param engine what it is
 * @param shard the shard it belongs to
 * @param answered the last answer
 * @param changed the last answer that changed its gear
 */
public record EngineView(HostedEngine engine, int shard, Answer answered, Answer changed) {}
