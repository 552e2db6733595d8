/** The live control plane: projections in, directives out, SLO policies. */
@NullMarked
package dev.lowgear.scheduler;

import org.jspecify.annotations.NullMarked;
