/** Makes of a scoreboard and of what iterations took what the planner gets to see. */
@NullMarked
package dev.lowgear.core.observation;

import org.jspecify.annotations.NullMarked;
