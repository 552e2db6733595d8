/** SLO policies: admin API, database, outbox, and what the control loop hears of them. */
@NullMarked
package dev.lowgear.scheduler.slo;

import org.jspecify.annotations.NullMarked;
