/** GPUs as the planner sees them: their data sheets and the ladder of their clocks. */
@NullMarked
package dev.lowgear.core.gpu;

import org.jspecify.annotations.NullMarked;
