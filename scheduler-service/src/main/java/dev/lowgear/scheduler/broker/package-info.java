/** Kafka's part: topics, producers, dead letters, compacted topics read whole. */
@NullMarked
package dev.lowgear.scheduler.broker;

import org.jspecify.annotations.NullMarked;
