/**
 * The wire: Kafka records, topics and the one codec. Readers ignore unknown fields; absent is never
 * zero.
 */
@NullMarked
package dev.lowgear.contract;

import org.jspecify.annotations.NullMarked;
