/** The hop to the agents. */
@NullMarked
package dev.lowgear.gateway.agent;

import org.jspecify.annotations.NullMarked;
