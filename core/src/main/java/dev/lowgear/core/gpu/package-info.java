/** GPUs as the planner sees them: clocks and their ladder. */
@NullMarked
package dev.lowgear.core.gpu;

import org.jspecify.annotations.NullMarked;
