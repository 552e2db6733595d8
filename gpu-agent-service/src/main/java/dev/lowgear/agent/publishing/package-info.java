/** Everything the agent publishes, off the paths that must not wait for a broker. */
@NullMarked
package dev.lowgear.agent.publishing;

import org.jspecify.annotations.NullMarked;
