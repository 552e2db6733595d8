/** What this service asks of the broker besides records: its topics, and where they end. */
@NullMarked
package dev.lowgear.model.broker;

import org.jspecify.annotations.NullMarked;
