/**
 * Telemetry from Kafka into PostgreSQL, exactly once. A batch is decoded, its unreadable records go
 * to the dead-letter topic, its rows are copied, and the offset is advanced from the value this
 * consumer knows, all rows and offsets in one transaction. If the offset is not what this consumer
 * knows, somebody else has taken the partition: everything is rolled back and the consumer goes to
 * where the database says it is.
 */
@NullMarked
package dev.lowgear.model.telemetry;

import org.jspecify.annotations.NullMarked;
