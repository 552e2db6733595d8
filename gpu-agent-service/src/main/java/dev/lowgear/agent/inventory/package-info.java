/** What this node has, announced to the fleet. */
@NullMarked
package dev.lowgear.agent.inventory;

import org.jspecify.annotations.NullMarked;
