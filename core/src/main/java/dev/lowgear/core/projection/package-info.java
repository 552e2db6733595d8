/** What the engine will look like in future iterations: scoreboard, segments, deadlines. */
@NullMarked
package dev.lowgear.core.projection;

import org.jspecify.annotations.NullMarked;
