/** What comes from and goes to Kafka, off the path of every request. */
@NullMarked
package dev.lowgear.gateway.broker;

import org.jspecify.annotations.NullMarked;
