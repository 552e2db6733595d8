/** What Prometheus is told. */
@NullMarked
package dev.lowgear.scheduler.metrics;

import org.jspecify.annotations.NullMarked;
