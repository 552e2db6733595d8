/** Whether a projection keeps its deadlines at a clock. */
@NullMarked
package dev.lowgear.core.feasibility;

import org.jspecify.annotations.NullMarked;
