/** What engines did, iteration by iteration and window by window. */
@NullMarked
package dev.lowgear.agent.telemetry;

import org.jspecify.annotations.NullMarked;
