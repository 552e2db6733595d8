/**
 * What an engine's gear is borrowed under: the lease of its clock and of its pace, as a pure state
 * machine that the agent, the guardian and the simulator run alike.
 */
@NullMarked
package dev.lowgear.core.lease;

import org.jspecify.annotations.NullMarked;
