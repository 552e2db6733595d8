/** The agent of one GPU node: engines, admission, reflex, metering, telemetry. */
@NullMarked
package dev.lowgear.agent;

import org.jspecify.annotations.NullMarked;
