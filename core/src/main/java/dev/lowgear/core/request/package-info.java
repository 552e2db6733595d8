/** Requests as the planner sees them: their shape, and how long their answers may become. */
@NullMarked
package dev.lowgear.core.request;

import org.jspecify.annotations.NullMarked;
