/** The one thread that owns an engine: its requests, its gear, its projections. */
@NullMarked
package dev.lowgear.agent.owner;

import org.jspecify.annotations.NullMarked;
